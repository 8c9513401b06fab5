package main

import (
	"context"
	"errors"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
	watchtools "k8s.io/client-go/tools/watch"
)

func resumeScenarios() []scenario {
	return []scenario{
		{"reflector after a cut with watch list", func(s *scene) { s.withWatchList(true); afterCut(s) }},
		{"reflector after a cut without watch list", func(s *scene) { s.withWatchList(false); afterCut(s) }},
		{"retry watcher after a cut", retryWatcher},
		{"watch from a version", watchFromVersion},
		{"watch until a condition", watchUntil},
		{"watch with initial events", watchInitialEvents},
		{"watch of one object", watchOne},
		{"watch that ends by itself", watchEnds},
	}
}

func afterCut(s *scene) {
	direct := s.typed
	s.create("a", "k", "0")
	wire := &network{}
	s.config.Dial = wire.dial
	s.newClients()
	factory := informers.NewSharedInformerFactoryWithOptions(s.typed, 0, informers.WithNamespace(s.namespace))
	told := s.watched(factory.Core().V1().ConfigMaps().Informer())
	s.sayLines("initially", told.take(s, 1))

	maps := direct.CoreV1().ConfigMaps(s.namespace)
	for i := 1; i <= 3; i++ {
		wire.cut()
		value := fmt.Sprint(i)
		got(maps.Update(s.ctx, s.configMap("a", "k", value), metav1.UpdateOptions{}))
		s.sayLines("an update after a cut", told.take(s, 1))
		got(maps.Create(s.ctx, s.configMap("new-"+value, "k", value), metav1.CreateOptions{}))
		s.sayLines("a creation after it", told.take(s, 1))
	}
	wire.cut()
	must(maps.Delete(s.ctx, "a", metav1.DeleteOptions{}))

	s.sayLines("a deletion after a cut", told.take(s, 1))
}

func (s *scene) mapsFrom() *cache.ListWatch {
	return &cache.ListWatch{
		ListWithContextFunc: func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
			return s.typed.CoreV1().ConfigMaps(s.namespace).List(ctx, options)
		},
		WatchFuncWithContext: func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
			return s.typed.CoreV1().ConfigMaps(s.namespace).Watch(ctx, options)
		},
	}
}

func (s *scene) sayEvents(from watch.Interface, count int) {
	for range count {
		select {
		case event, open := <-from.ResultChan():
			if !open {
				s.say("the watch has ended")
				return
			}
			s.say("%s %s", event.Type, described(event.Object))
		case <-s.ctx.Done():
			panic("in vain waited for an event")
		}
	}
}

func retryWatcher(s *scene) {
	direct := s.typed.CoreV1().ConfigMaps(s.namespace)
	wire := &network{}
	s.config.Dial = wire.dial
	s.newClients()
	list := got(direct.List(s.ctx, metav1.ListOptions{}))
	watcher := got(watchtools.NewRetryWatcherWithContext(s.ctx, list.ResourceVersion, s.mapsFrom()))
	defer watcher.Stop()
	got(direct.Create(s.ctx, s.configMap("a", "k", "1"), metav1.CreateOptions{}))
	s.sayEvents(watcher, 1)

	wire.cut()
	got(direct.Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{}))
	got(direct.Create(s.ctx, s.configMap("b"), metav1.CreateOptions{}))
	must(direct.Delete(s.ctx, "a", metav1.DeleteOptions{}))

	s.sayEvents(watcher, 3)
}

func watchFromVersion(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	first := s.create("a", "k", "1")
	second := got(maps.Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{}))
	s.create("b")
	must(maps.Delete(s.ctx, "a", metav1.DeleteOptions{}))
	for _, from := range []string{first.ResourceVersion, second.ResourceVersion} {
		watcher := got(maps.Watch(s.ctx, metav1.ListOptions{ResourceVersion: from}))
		s.say("from a version:")
		if from == first.ResourceVersion {
			s.sayEvents(watcher, 1)
		}
		s.sayEvents(watcher, 2)
		watcher.Stop()
	}
	watcher := got(maps.Watch(s.ctx, metav1.ListOptions{ResourceVersion: second.ResourceVersion, FieldSelector: "metadata.name=a"}))
	defer watcher.Stop()
	s.say("one object, from a version:")
	s.sayEvents(watcher, 1)
	_, err := maps.Watch(s.ctx, metav1.ListOptions{ResourceVersion: "no-number"})
	s.sayError("from what is no version", err)
}

func watchUntil(s *scene) {
	s.create("a", "k", "1")
	s.others.Go(func() {
		got(s.typed.CoreV1().ConfigMaps(s.namespace).Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{}))
	})
	event := got(watchtools.UntilWithSync(s.ctx, s.mapsFrom(), &corev1.ConfigMap{}, nil,
		func(event watch.Event) (bool, error) {
			return event.Object.(*corev1.ConfigMap).Data["k"] == "2", nil
		}))
	s.say("came true: %s", described(event.Object))
	list := got(s.typed.CoreV1().ConfigMaps(s.namespace).List(s.ctx, metav1.ListOptions{}))
	s.others.Go(func() {
		must(s.typed.CoreV1().ConfigMaps(s.namespace).Delete(s.ctx, "a", metav1.DeleteOptions{}))
	})
	event = got(watchtools.Until(s.ctx, list.ResourceVersion, s.mapsFrom(),
		func(event watch.Event) (bool, error) { return event.Type == watch.Deleted, nil }))
	s.say("%s %s", event.Type, described(event.Object))
}

func watchInitialEvents(s *scene) {
	s.create("a", "k", "1")
	s.create("b", "k", "1")
	yes := true
	options := metav1.ListOptions{
		SendInitialEvents: &yes, AllowWatchBookmarks: true, ResourceVersionMatch: metav1.ResourceVersionMatchNotOlderThan,
	}
	watcher := got(s.typed.CoreV1().ConfigMaps(s.namespace).Watch(s.ctx, options))
	defer watcher.Stop()
	s.sayEvents(watcher, 2)
	bookmark := <-watcher.ResultChan()
	object := bookmark.Object.(*corev1.ConfigMap)
	s.say("%s, annotations %v, has a version: %v", bookmark.Type, object.Annotations, object.ResourceVersion != "")
	s.create("c")
	s.sayEvents(watcher, 1)
	options.AllowWatchBookmarks = false
	quiet := got(s.typed.CoreV1().ConfigMaps(s.namespace).Watch(s.ctx, options))
	defer quiet.Stop()
	s.sayEvents(quiet, 3)
	options.ResourceVersionMatch = ""
	_, err := s.typed.CoreV1().ConfigMaps(s.namespace).Watch(s.ctx, options)
	s.sayError("without how to match the version", err)
}

func watchOne(s *scene) {
	watcher := got(s.typed.CoreV1().ConfigMaps(s.namespace).Watch(s.ctx, metav1.SingleObject(metav1.ObjectMeta{Name: "a"})))
	defer watcher.Stop()
	s.create("b")
	s.create("a")
	must(s.typed.CoreV1().ConfigMaps(s.namespace).Delete(s.ctx, "a", metav1.DeleteOptions{}))
	s.sayEvents(watcher, 2)
}

func watchEnds(s *scene) {
	second := int64(1)
	s.create("a")
	watcher := got(s.typed.CoreV1().ConfigMaps(s.namespace).Watch(s.ctx, metav1.ListOptions{TimeoutSeconds: &second}))
	s.sayEvents(watcher, 2)
	ctx, cancel := context.WithCancel(s.ctx)
	cancelled := got(s.typed.CoreV1().ConfigMaps(s.namespace).Watch(ctx, metav1.ListOptions{}))
	s.sayEvents(cancelled, 1)
	cancel()
	s.sayEvents(cancelled, 1)
	_, err := s.typed.CoreV1().ConfigMaps(s.namespace).Watch(ctx, metav1.ListOptions{})
	s.say("with a context that has ended: %v", errors.Is(err, context.Canceled))
}
