package main

import (
	"context"
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
)

func writeScenarios() []scenario {
	return []scenario{
		{"typed client", typedClient},
		{"dynamic client", dynamicClient},
		{"patches", patches},
		{"dry run", dryRun},
		{"warnings", warnings},
		{"delete collection", deleteCollection},
		{"generated names", generatedNames},
		{"finalizers", finalizers},
	}
}

func typedClient(s *scene) {
	secrets := s.typed.CoreV1().Secrets(s.namespace)
	made := got(secrets.Create(s.ctx, &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: "a", Labels: map[string]string{"x": "y"}},
		StringData: map[string]string{"k": "v"},
	}, metav1.CreateOptions{}))
	s.show("created", made)
	made.Data["l"] = []byte("w")
	updated := got(secrets.Update(s.ctx, made, metav1.UpdateOptions{}))
	s.show("updated", updated)
	s.say("its version is another: %v", updated.ResourceVersion != made.ResourceVersion)
	must(secrets.Delete(s.ctx, "a", metav1.DeleteOptions{}))
	_, err := secrets.Get(s.ctx, "a", metav1.GetOptions{})
	s.sayError("read after deletion", err)

	deployments := s.typed.AppsV1().Deployments(s.namespace)
	s.show("deployment", got(deployments.Create(s.ctx, s.deployment("d", 2), metav1.CreateOptions{})))
	wanted := s.deployment("d", 5)
	s.show("replaced", got(deployments.Update(s.ctx, wanted, metav1.UpdateOptions{})))
}

func dynamicClient(s *scene) {
	lamps := s.dynamic.Resource(s.lampKind("dynamic")).Namespace(s.namespace)
	kind := s.lampGroup("dynamic")
	s.show("created", got(lamps.Create(s.ctx, lamp(kind, "a", 10), metav1.CreateOptions{})))
	read := got(lamps.Get(s.ctx, "a", metav1.GetOptions{}))
	must(unstructured.SetNestedField(read.Object, int64(20), "spec", "watts"))
	s.show("updated", got(lamps.Update(s.ctx, read, metav1.UpdateOptions{})))
	must(unstructured.SetNestedField(read.Object, int64(200), "spec", "watts"))
	_, err := lamps.Update(s.ctx, read, metav1.UpdateOptions{})
	s.sayError("update of a stale object", err)
	_, err = lamps.Create(s.ctx, lamp(kind, "b", 0), metav1.CreateOptions{})
	s.sayError("too small a value", err)
	read = got(lamps.Get(s.ctx, "a", metav1.GetOptions{}))
	must(unstructured.SetNestedField(read.Object, true, "status", "lit"))
	must(unstructured.SetNestedField(read.Object, int64(30), "spec", "watts"))
	s.show("status updated, not the rest", got(lamps.UpdateStatus(s.ctx, read, metav1.UpdateOptions{})))
	list := got(lamps.List(s.ctx, metav1.ListOptions{}))
	s.say("a list: %s %s of %d", list.GetAPIVersion(), list.GetKind(), len(list.Items))
	must(lamps.Delete(s.ctx, "a", metav1.DeleteOptions{}))
	s.sayError("deleted twice", lamps.Delete(s.ctx, "a", metav1.DeleteOptions{}))
	_, err = s.dynamic.Resource(kind.GroupVersion().WithResource("absent")).Namespace(s.namespace).List(s.ctx, metav1.ListOptions{})
	s.sayError("a kind that is not served", err)
}

func patches(s *scene) {
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	got(deployments.Create(s.ctx, s.deployment("d", 1), metav1.CreateOptions{}))
	for _, one := range []struct {
		kind types.PatchType
		text string
	}{
		{types.StrategicMergePatchType, `{"spec":{"template":{"spec":{"containers":[{"name":"b","image":"b:1"}]}}}}`},
		{types.StrategicMergePatchType, `{"spec":{"template":{"spec":{"containers":[{"name":"a","$patch":"delete"}]}}}}`},
		{types.MergePatchType, `{"metadata":{"annotations":{"x":"y"}},"spec":{"replicas":null}}`},
		{types.JSONPatchType, `[{"op":"test","path":"/spec/replicas","value":1},{"op":"replace","path":"/spec/replicas","value":4}]`},
		{types.JSONPatchType, `[{"op":"test","path":"/spec/replicas","value":1}]`},
		{types.MergePatchType, `{"spec":{"replicas":-1}}`},
		{types.MergePatchType, `{"metadata":{"resourceVersion":"1"}}`},
	} {
		patched, err := deployments.Patch(s.ctx, "d", one.kind, []byte(one.text), metav1.PatchOptions{FieldManager: "tests"})
		if err != nil {
			s.sayError(one.text, err)
			continue
		}
		containers := string(got(json.Marshal(patched.Spec.Template.Spec.Containers)))
		s.say("%s:\n  generation %d, replicas %d, %v, %s", one.text, patched.Generation, *patched.Spec.Replicas, patched.Annotations, containers)
	}
}

func dryRun(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	dry := []string{metav1.DryRunAll}
	made := got(maps.Create(s.ctx, s.configMap("a", "k", "1"), metav1.CreateOptions{DryRun: dry}))
	s.say("created as %s, with an id: %v, a version '%s'", made.Name, made.UID != "", made.ResourceVersion)
	_, err := maps.Get(s.ctx, "a", metav1.GetOptions{})
	s.sayError("read", err)
	s.create("a", "k", "1")
	s.show("updated", got(maps.Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{DryRun: dry})))
	s.show("patched", got(maps.Patch(s.ctx, "a", types.MergePatchType, []byte(`{"data":{"k":"3"}}`), metav1.PatchOptions{DryRun: dry})))
	must(maps.Delete(s.ctx, "a", metav1.DeleteOptions{DryRun: dry}))
	must(maps.DeleteCollection(s.ctx, metav1.DeleteOptions{DryRun: dry}, metav1.ListOptions{}))
	s.show("stored", got(maps.Get(s.ctx, "a", metav1.GetOptions{})))
	_, err = maps.Create(s.ctx, s.configMap("b"), metav1.CreateOptions{DryRun: []string{"Some"}})
	s.sayError("an unknown kind of dry run", err)
}

type warner struct{ s *scene }

func (w warner) HandleWarningHeaderWithContext(_ context.Context, code int, agent string, text string) {
	w.s.say("warning %d %s: %s", code, agent, text)
}

func warnings(s *scene) {
	lamps := s.lampKind("warned")
	s.config.WarningHandlerWithContext = warner{s}
	s.newClients()
	client := s.dynamic.Resource(lamps).Namespace(s.namespace)
	unknown := lamp(lamps, "a", 10)
	must(unstructured.SetNestedField(unknown.Object, "x", "spec", "unknown"))
	s.show("stored", got(client.Create(s.ctx, unknown, metav1.CreateOptions{FieldValidation: "Warn"})))
	unknown.SetName("b")
	_, err := client.Create(s.ctx, unknown, metav1.CreateOptions{FieldValidation: "Strict"})
	s.sayError("strictly", err)
	got(client.Create(s.ctx, unknown, metav1.CreateOptions{FieldValidation: "Ignore"}))
	_, err = client.Create(s.ctx, unknown, metav1.CreateOptions{FieldValidation: "Sometimes"})
	s.sayError("an unknown way", err)
	result := s.typed.CoreV1().RESTClient().Post().Namespace(s.namespace).Resource("configmaps").
		SetHeader("Content-Type", "application/json").Param("fieldValidation", "Strict").
		Body([]byte(`{"metadata":{"name":"m"},"data":{"k":"1"},"dato":{}}`)).Do(s.ctx)
	s.sayError("a built-in kind, strictly", result.Error())
}

func deleteCollection(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	for _, name := range []string{"a", "b", "c", "d"} {
		s.create(name)
	}
	s.label("b", `"yes"`)
	s.label("c", `"yes"`)
	must(maps.DeleteCollection(s.ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "chosen"}))
	s.say("left: %s", namesOf(got(maps.List(s.ctx, metav1.ListOptions{}))))
	must(maps.DeleteCollection(s.ctx, metav1.DeleteOptions{}, metav1.ListOptions{FieldSelector: "metadata.name=a"}))
	s.say("left: %s", namesOf(got(maps.List(s.ctx, metav1.ListOptions{}))))
	must(maps.DeleteCollection(s.ctx, metav1.DeleteOptions{}, metav1.ListOptions{}))
	s.say("left: %s", namesOf(got(maps.List(s.ctx, metav1.ListOptions{}))))
}

func generatedNames(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	names := map[string]bool{}
	for range 3 {
		made := got(maps.Create(s.ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{GenerateName: "some-"}}, metav1.CreateOptions{}))
		s.say("%s and %d more letters, generateName %s", made.Name[:5], len(made.Name)-5, made.GenerateName)
		names[made.Name] = true
	}
	s.say("%d names", len(names))
	_, err := maps.Create(s.ctx, &corev1.ConfigMap{}, metav1.CreateOptions{})
	s.sayError("without a name", err)
}

func finalizers(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	held := s.configMap("a")
	held.Finalizers = []string{"tests.example/hold"}
	got(maps.Create(s.ctx, held, metav1.CreateOptions{}))
	must(maps.Delete(s.ctx, "a", metav1.DeleteOptions{}))
	dying := got(maps.Get(s.ctx, "a", metav1.GetOptions{}))
	s.say("is to go: %v, finalizers %v", dying.DeletionTimestamp != nil, dying.Finalizers)
	_, err := maps.Create(s.ctx, s.configMap("a"), metav1.CreateOptions{})
	s.sayError("created meanwhile", err)
	dying.Finalizers = append(dying.Finalizers, "tests.example/more")
	_, err = maps.Update(s.ctx, dying, metav1.UpdateOptions{})
	s.sayError("one finalizer more", err)
	dying.Finalizers = nil
	got(maps.Update(s.ctx, dying, metav1.UpdateOptions{}))
	_, err = maps.Get(s.ctx, "a", metav1.GetOptions{})
	s.sayError("without finalizers", err)
}

var _ rest.WarningHandlerWithContext = warner{}
