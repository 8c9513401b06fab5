package main

import (
	"net/http"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/features"
)

func encodingScenarios() []scenario {
	return []scenario{
		{"protobuf with JSON as the second choice", protobuf},
		{"protobuf only", protobufOnly},
		{"a client that prefers CBOR", cbor},
		{"compressed answers", compressed},
	}
}

const protobufType = "application/vnd.kubernetes.protobuf"

func protobuf(s *scene) {
	s.config.ContentType = protobufType
	s.config.AcceptContentTypes = protobufType + ",application/json"
	s.newClients()
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	s.show("created", got(maps.Create(s.ctx, s.configMap("a", "k", "1"), metav1.CreateOptions{})))
	s.show("updated", got(maps.Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{})))
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	s.show("a Deployment", got(deployments.Create(s.ctx, s.deployment("d", 2), metav1.CreateOptions{})))
	scale := got(deployments.GetScale(s.ctx, "d", metav1.GetOptions{}))
	scale.Spec.Replicas = 3
	s.say("scaled to %d", got(deployments.UpdateScale(s.ctx, "d", scale, metav1.UpdateOptions{})).Spec.Replicas)
	s.say("listed: %s", namesOf(got(maps.List(s.ctx, metav1.ListOptions{}))))
	watcher := got(maps.Watch(s.ctx, metav1.ListOptions{}))
	defer watcher.Stop()
	s.sayEvents(watcher, 1)
	must(maps.Delete(s.ctx, "a", metav1.DeleteOptions{}))
	s.sayEvents(watcher, 1)
	_, err := maps.Get(s.ctx, "a", metav1.GetOptions{})
	s.sayError("read after deletion", err)
	must(maps.DeleteCollection(s.ctx, metav1.DeleteOptions{}, metav1.ListOptions{}))
}

func protobufOnly(s *scene) {
	s.create("a", "k", "1")
	s.config.ContentType = protobufType
	s.newClients()
	_, err := s.typed.CoreV1().ConfigMaps(s.namespace).Get(s.ctx, "a", metav1.GetOptions{})
	s.sayError("read", err)
}

func cbor(s *scene) {
	kind := s.lampKind("cbor")
	s.withFeatures(map[features.Feature]bool{features.ClientsAllowCBOR: true, features.ClientsPreferCBOR: true})
	lamps := s.dynamic.Resource(kind).Namespace(s.namespace)
	_, err := lamps.Create(s.ctx, lamp(kind, "a", 10), metav1.CreateOptions{})
	s.sayError("the first write", err)
	made, err := lamps.Create(s.ctx, lamp(kind, "b", 10), metav1.CreateOptions{})
	if err != nil {
		s.sayError("the second write", err)
		return
	}
	s.show("the second write", made)
}

type noting struct {
	next  http.RoundTripper
	noted func(*http.Response)
}

func (n *noting) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := n.next.RoundTrip(request)
	if err == nil {
		n.noted(answer)
	}
	return answer, err
}

func compressed(s *scene) {
	s.create("large", "k", strings.Repeat("x", 200<<10))
	s.create("small", "k", "x")
	s.config.Wrap(func(next http.RoundTripper) http.RoundTripper {
		return &noting{next, func(answer *http.Response) { s.say("compressed: %v", answer.Uncompressed) }}
	})
	s.newClients()
	for _, name := range []string{"large", "small"} {
		read := got(s.typed.CoreV1().ConfigMaps(s.namespace).Get(s.ctx, name, metav1.GetOptions{}))
		s.say("%s: %d", name, len(read.Data["k"]))
	}
}
