package main

import (
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/tools/cache"
)

var maps = corev1.SchemeGroupVersion.WithResource("configmaps")

func informerScenarios() []scenario {
	return []scenario{
		{"informer with watch list", func(s *scene) { s.withWatchList(true); informer(s) }},
		{"informer without watch list", func(s *scene) { s.withWatchList(false); informer(s) }},
		{"informer by label with watch list", func(s *scene) { s.withWatchList(true); informerByLabel(s) }},
		{"informer by label without watch list", func(s *scene) { s.withWatchList(false); informerByLabel(s) }},
		{"informer by field", informerByField},
		{"informer of all namespaces", informerOfAllNamespaces},
		{"informer of metadata", informerOfMetadata},
		{"informer of a custom kind", informerOfCustomKind},
		{"informers of many kinds", informersOfManyKinds},
	}
}

// What an informer tells, one line each.
func (s *scene) watched(informer cache.SharedIndexInformer) *seen {
	told := newSeen()
	handler := cache.ResourceEventHandlerDetailedFuncs{
		AddFunc: func(object any, initial bool) {
			told.add("add %s, initial %v", described(object), initial)
		},
		UpdateFunc: func(old, object any) {
			told.add("update %s -> %s", described(old), described(object))
		},
		DeleteFunc: func(object any) {
			if unknown, ok := object.(cache.DeletedFinalStateUnknown); ok {
				told.add("delete of %s, last state unknown", unknown.Key)
				return
			}
			told.add("delete %s", described(object))
		},
	}
	registration := got(informer.AddEventHandler(handler))
	ctx, _ := s.background()
	go informer.RunWithContext(ctx)
	s.until("the informer has synced", registration.HasSynced)
	return told
}

func described(object any) string {
	if status, ok := object.(*metav1.Status); ok {
		return string(status.Reason)
	}
	text := object.(metav1.Object).GetName()
	if stored, ok := object.(*corev1.ConfigMap); ok {
		text += fmt.Sprint(stored.Data)
	}
	return text
}

// Each change is awaited: what an informer does not yet have handed on it may put in another order.
func (s *scene) changes(told *seen) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	got(maps.Create(s.ctx, s.configMap("c", "k", "1"), metav1.CreateOptions{}))
	s.sayLines("created", told.take(s, 1))
	got(maps.Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{}))
	s.sayLines("updated", told.take(s, 1))
	got(maps.Patch(s.ctx, "b", types.MergePatchType, []byte(`{"data":{"k":"3"}}`), metav1.PatchOptions{}))
	s.sayLines("patched", told.take(s, 1))
	must(maps.Delete(s.ctx, "a", metav1.DeleteOptions{}))
	s.sayLines("deleted", told.take(s, 1))
	got(maps.Create(s.ctx, s.configMap("a", "k", "4"), metav1.CreateOptions{}))
	s.sayLines("created again", told.take(s, 1))
	got(maps.Update(s.ctx, s.configMap("a", "k", "4"), metav1.UpdateOptions{}))
	must(maps.Delete(s.ctx, "b", metav1.DeleteOptions{}))
	s.sayLines("updated without a change, another deleted", told.take(s, 1))
}

func informer(s *scene) {
	s.create("a", "k", "1")
	s.create("b", "k", "1")
	requests := s.record()
	factory := informers.NewSharedInformerFactoryWithOptions(s.typed, 0, informers.WithNamespace(s.namespace))
	maps := factory.Core().V1().ConfigMaps()
	told := s.watched(maps.Informer())
	s.say("asked at first: %v", requests.kinds())
	s.sayLines("initially", sorted(told.take(s, 2)))

	s.changes(told)

	var cached []string
	for _, one := range got(maps.Lister().ConfigMaps(s.namespace).List(labels.Everything())) {
		read := got(s.typed.CoreV1().ConfigMaps(s.namespace).Get(s.ctx, one.Name, metav1.GetOptions{}))
		cached = append(cached, fmt.Sprintf("%s is as stored: %v", described(one), one.ResourceVersion == read.ResourceVersion))
	}
	s.sayLines("in the cache", sorted(cached))
	s.say("asked in all: %v", requests.kinds())
}

func informerByLabel(s *scene) {
	s.create("a", "k", "1")
	s.label("a", `"yes"`)
	s.create("b", "k", "1")
	tweak := informers.WithTweakListOptions(func(options *metav1.ListOptions) { options.LabelSelector = "chosen in (yes,too)" })
	factory := informers.NewSharedInformerFactoryWithOptions(s.typed, 0, informers.WithNamespace(s.namespace), tweak)
	told := s.watched(factory.Core().V1().ConfigMaps().Informer())
	s.sayLines("initially", told.take(s, 1))

	for _, change := range [][]string{{"b", `"too"`}, {"a", `"no"`}, {"a", `"yes"`}, {"b", `"yes"`}, {"b", "null"}} {
		s.label(change[0], change[1])
		s.sayLines(change[0]+" is "+change[1], told.take(s, 1))
	}
}

func (s *scene) label(name, value string) {
	patch := []byte(`{"metadata":{"labels":{"chosen":` + value + `}}}`)
	got(s.typed.CoreV1().ConfigMaps(s.namespace).Patch(s.ctx, name, types.MergePatchType, patch, metav1.PatchOptions{}))
}

func informerByField(s *scene) {
	s.create("a")
	s.create("b")
	tweak := func(options *metav1.ListOptions) { options.FieldSelector = "metadata.name=b" }
	factory := informers.NewSharedInformerFactoryWithOptions(
		s.typed, 0, informers.WithNamespace(s.namespace), informers.WithTweakListOptions(tweak))
	told := s.watched(factory.Core().V1().ConfigMaps().Informer())
	s.sayLines("initially", told.take(s, 1))

	s.create("c")
	must(s.typed.CoreV1().ConfigMaps(s.namespace).Delete(s.ctx, "a", metav1.DeleteOptions{}))
	must(s.typed.CoreV1().ConfigMaps(s.namespace).Delete(s.ctx, "b", metav1.DeleteOptions{}))

	s.sayLines("then", told.take(s, 1))
}

func informerOfAllNamespaces(s *scene) {
	other := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: s.namespace + "-other"}}
	got(s.typed.CoreV1().Namespaces().Create(s.ctx, other, metav1.CreateOptions{}))
	s.create("a")
	there := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "a"}}
	got(s.typed.CoreV1().ConfigMaps(other.Name).Create(s.ctx, there, metav1.CreateOptions{}))
	factory := informers.NewSharedInformerFactory(s.typed, 0)
	maps := factory.Core().V1().ConfigMaps()
	s.watched(maps.Informer())

	for _, namespace := range []string{s.namespace, other.Name} {
		inIndex := got(maps.Informer().GetIndexer().ByIndex(cache.NamespaceIndex, namespace))
		found := got(maps.Lister().ConfigMaps(namespace).Get("a"))
		s.say("%s has %d, found %s/%s", namespace, len(inIndex), found.Namespace, found.Name)
	}
	_, err := maps.Lister().ConfigMaps(s.namespace).Get("absent")
	s.sayError("absent", err)
}

func informerOfMetadata(s *scene) {
	s.create("a", "k", "1")
	client := got(metadata.NewForConfig(s.config))
	informer := metadatainformer.NewFilteredMetadataInformer(client, maps, s.namespace, 0, cache.Indexers{}, nil)
	told := s.watched(informer.Informer())
	s.sayLines("initially", told.take(s, 1))

	s.label("a", `"yes"`)

	s.sayLines("then", told.take(s, 1))
	object, _, err := informer.Informer().GetStore().GetByKey(s.namespace + "/a")
	must(err)
	s.show("in the cache", object.(*metav1.PartialObjectMetadata))
}

func informerOfCustomKind(s *scene) {
	lamps := s.lampKind("informed")
	s.createLamp(lamps, "a", 10)
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(s.dynamic, 0, s.namespace, nil)
	told := s.watched(factory.ForResource(lamps).Informer())
	s.sayLines("initially", told.take(s, 1))

	s.createLamp(lamps, "b", 20)
	s.sayLines("created", told.take(s, 1))
	patch := []byte(`{"spec":{"watts":30}}`)
	got(s.dynamic.Resource(lamps).Namespace(s.namespace).Patch(s.ctx, "b", types.MergePatchType, patch, metav1.PatchOptions{}))
	s.sayLines("patched", told.take(s, 1))
	must(s.dynamic.Resource(lamps).Namespace(s.namespace).Delete(s.ctx, "a", metav1.DeleteOptions{}))
	s.sayLines("deleted", told.take(s, 1))
}

func informersOfManyKinds(s *scene) {
	factory := informers.NewSharedInformerFactoryWithOptions(s.typed, 10*time.Hour, informers.WithNamespace(s.namespace))
	for _, one := range []cache.SharedIndexInformer{
		factory.Apps().V1().Deployments().Informer(), factory.Apps().V1().StatefulSets().Informer(),
		factory.Apps().V1().DaemonSets().Informer(), factory.Apps().V1().ReplicaSets().Informer(),
		factory.Batch().V1().Jobs().Informer(), factory.Batch().V1().CronJobs().Informer(),
		factory.Core().V1().Pods().Informer(), factory.Core().V1().Services().Informer(),
		factory.Core().V1().Secrets().Informer(), factory.Core().V1().PersistentVolumeClaims().Informer(),
		factory.Core().V1().ServiceAccounts().Informer(), factory.Core().V1().Nodes().Informer(),
		factory.Core().V1().Events().Informer(), factory.Core().V1().ResourceQuotas().Informer(),
		factory.Networking().V1().Ingresses().Informer(), factory.Networking().V1().NetworkPolicies().Informer(),
		factory.Policy().V1().PodDisruptionBudgets().Informer(), factory.Rbac().V1().Roles().Informer(),
		factory.Rbac().V1().RoleBindings().Informer(), factory.Autoscaling().V2().HorizontalPodAutoscalers().Informer(),
		factory.Coordination().V1().Leases().Informer(), factory.Discovery().V1().EndpointSlices().Informer(),
		factory.Storage().V1().StorageClasses().Informer(), factory.Scheduling().V1().PriorityClasses().Informer(),
	} {
		must(one.SetWatchErrorHandler(func(_ *cache.Reflector, err error) { s.say("error: %s", err) }))
	}
	ctx, _ := s.background()
	factory.StartWithContext(ctx)
	var synced []string
	for kind, done := range factory.WaitForCacheSync(s.ctx.Done()) {
		synced = append(synced, fmt.Sprintf("%s: %v", kind, done))
	}
	s.sayLines("synced", sorted(synced))
}
