package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/tools/pager"
)

func readScenarios() []scenario {
	return []scenario{
		{"pager", pages},
		{"limit and continue", limitAndContinue},
		{"selectors", selectors},
		{"versions of lists", versionsOfLists},
		{"tables", tables},
		{"metadata client", metadataClient},
	}
}

func pages(s *scene) {
	for i := range 10 {
		s.create(fmt.Sprintf("m-%02d", i), "k", fmt.Sprint(i))
	}
	sizes := []int{}
	turn := pager.New(func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
		list, err := s.typed.CoreV1().ConfigMaps(s.namespace).List(ctx, options)
		if err == nil {
			sizes = append(sizes, len(list.Items))
		}
		return list, err
	})
	turn.PageSize = 3
	turn.PageBufferSize = 0
	var names []string
	must(turn.EachListItem(s.ctx, metav1.ListOptions{}, func(object runtime.Object) error {
		names = append(names, object.(*corev1.ConfigMap).Name)
		return nil
	}))
	s.say("%v in pages of %v", names, sizes)
	all, paged, err := turn.List(s.ctx, metav1.ListOptions{LabelSelector: "absent"})
	s.say("by a label that nothing has: %T, paged %v, %v", all, paged, err)
}

func limitAndContinue(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	for _, name := range strings.Split("a b c d e", " ") {
		s.create(name)
	}
	first := got(maps.List(s.ctx, metav1.ListOptions{Limit: 2}))
	s.say("%s, %d remain", namesOf(first), *first.RemainingItemCount)
	s.create("aa")
	must(maps.Delete(s.ctx, "d", metav1.DeleteOptions{}))
	second := got(maps.List(s.ctx, metav1.ListOptions{Limit: 2, Continue: first.Continue}))
	s.say("%s, %d remain, of the same version: %v", namesOf(second), *second.RemainingItemCount, second.ResourceVersion == first.ResourceVersion)
	third := got(maps.List(s.ctx, metav1.ListOptions{Continue: second.Continue}))
	s.say("%s, continue '%s', remaining %v", namesOf(third), third.Continue, third.RemainingItemCount)
	_, err := maps.List(s.ctx, metav1.ListOptions{Limit: 2, Continue: first.Continue, ResourceVersion: first.ResourceVersion})
	s.sayError("with a version beside it", err)
	bySelector := got(maps.List(s.ctx, metav1.ListOptions{Limit: 1, FieldSelector: "metadata.name!=a"}))
	s.say("%s, remaining %v, more: %v", namesOf(bySelector), bySelector.RemainingItemCount, bySelector.Continue != "")
}

func namesOf(list *corev1.ConfigMapList) string {
	var names []string
	for _, item := range list.Items {
		names = append(names, item.Name)
	}
	return strings.Join(names, ",")
}

func selectors(s *scene) {
	s.create("a")
	s.create("b")
	s.label("b", `"yes"`)
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	for _, selector := range []string{"chosen", "!chosen", "chosen=yes", "chosen!=yes", "chosen in (yes,no)", "chosen notin (yes)", "chosen>1", "chosen in"} {
		list, err := maps.List(s.ctx, metav1.ListOptions{LabelSelector: selector})
		if err != nil {
			s.sayError(selector, err)
			continue
		}
		s.say("%s: %s", selector, namesOf(list))
	}
	for _, selector := range []string{"metadata.name=a", "metadata.name!=a", "metadata.namespace=" + s.namespace, "data.k=1", "metadata.name"} {
		list, err := maps.List(s.ctx, metav1.ListOptions{FieldSelector: selector})
		if err != nil {
			s.sayError(selector, err)
			continue
		}
		s.say("%s: %s", selector, namesOf(list))
	}
}

func versionsOfLists(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	s.create("a")
	before := got(maps.List(s.ctx, metav1.ListOptions{}))
	s.create("b")
	for _, match := range []metav1.ResourceVersionMatch{"", metav1.ResourceVersionMatchExact} {
		list := got(maps.List(s.ctx, metav1.ListOptions{ResourceVersion: before.ResourceVersion, ResourceVersionMatch: match, Limit: 10}))
		s.say("match '%s': %s", match, namesOf(list))
	}
	for _, options := range []metav1.ListOptions{
		{ResourceVersionMatch: metav1.ResourceVersionMatchExact},
		{ResourceVersion: "0", ResourceVersionMatch: metav1.ResourceVersionMatchExact},
		{ResourceVersion: before.ResourceVersion, ResourceVersionMatch: "Nearly"},
	} {
		_, err := maps.List(s.ctx, options)
		s.sayError(fmt.Sprintf("with a version %v, match '%s'", options.ResourceVersion != "", options.ResourceVersionMatch), err)
	}
	stale, err := maps.Get(s.ctx, "b", metav1.GetOptions{ResourceVersion: "0"})
	s.say("at least version 0: %v %v", stale.Name, err)
}

func (s *scene) deployment(name string, replicas int32) *appsv1.Deployment {
	labels := map[string]string{"app": name}
	return &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: appsv1.DeploymentSpec{
			Replicas: &replicas,
			Selector: &metav1.LabelSelector{MatchLabels: labels},
			Template: corev1.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: labels},
				Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "a", Image: "a:1"}}},
			},
		},
	}
}

func tables(s *scene) {
	s.create("a", "k", "1")
	got(s.typed.AppsV1().Deployments(s.namespace).Create(s.ctx, s.deployment("d", 2), metav1.CreateOptions{}))
	lamps := s.lampKind("tabled")
	s.createLamp(lamps, "l", 10)
	for _, path := range []string{
		"/api/v1/namespaces/" + s.namespace + "/configmaps",
		"/api/v1/namespaces/" + s.namespace + "/configmaps/a",
		"/apis/apps/v1/namespaces/" + s.namespace + "/deployments",
		"/apis/" + lamps.GroupVersion().String() + "/namespaces/" + s.namespace + "/lamps",
	} {
		for _, include := range []string{"", "None", "Metadata", "Object"} {
			table := &metav1.Table{}
			request := s.typed.CoreV1().RESTClient().Get().AbsPath(path).
				SetHeader("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1")
			if include != "" {
				request.Param("includeObject", include)
			}
			must(request.Do(s.ctx).Into(table))
			s.say("%s, objects '%s':", path, include)
			for _, column := range table.ColumnDefinitions {
				s.say("  column %s %s %s %d", column.Name, column.Type, column.Format, column.Priority)
			}
			for _, row := range table.Rows {
				s.say("  row %v, object: %s", row.Cells[:len(row.Cells)-ages(table, path)], kindIn(row.Object.Raw))
			}
		}
	}
}

// How many last cells are left out: an age is a matter of time.
func ages(table *metav1.Table, path string) int {
	if strings.Contains(path, "deployments") {
		return 4
	}
	return 1
}

func kindIn(raw []byte) string {
	if len(raw) == 0 {
		return "none"
	}
	object := &metav1.PartialObjectMetadata{}
	must(json.Unmarshal(raw, object))
	return fmt.Sprintf("%s %s %s", object.APIVersion, object.Kind, object.Name)
}

func metadataClient(s *scene) {
	client := got(metadata.NewForConfig(s.config)).Resource(maps).Namespace(s.namespace)
	s.create("a", "k", "1")
	s.create("b", "k", "1")
	s.show("one", got(client.Get(s.ctx, "a", metav1.GetOptions{})))
	list := got(client.List(s.ctx, metav1.ListOptions{Limit: 1}))
	s.say("a page: %s %s, %d, more: %v", list.APIVersion, list.Kind, len(list.Items), list.Continue != "")
	patched := got(client.Patch(s.ctx, "a", "application/merge-patch+json", []byte(`{"metadata":{"labels":{"a":"b"}}}`), metav1.PatchOptions{}))
	s.show("patched", patched)
	must(client.Delete(s.ctx, "a", metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &patched.UID}}))
	must(client.DeleteCollection(s.ctx, metav1.DeleteOptions{}, metav1.ListOptions{}))
	s.say("left: %d", len(got(client.List(s.ctx, metav1.ListOptions{})).Items))
}
