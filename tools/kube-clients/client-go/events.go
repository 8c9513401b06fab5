package main

import (
	corev1 "k8s.io/api/core/v1"
	eventsv1 "k8s.io/api/events/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/events"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/tools/reference"
)

func eventScenarios() []scenario {
	return []scenario{
		{"event recorder", recordEvents},
		{"new event recorder", recordNewEvents},
	}
}

func (s *scene) events() []corev1.Event {
	return got(s.typed.CoreV1().Events(s.namespace).List(s.ctx, metav1.ListOptions{})).Items
}

func recordEvents(s *scene) {
	broadcaster := record.NewBroadcaster(record.WithContext(s.ctx))
	defer broadcaster.Shutdown()
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: s.typed.CoreV1().Events(s.namespace)})
	recorder := broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "tests"})
	about := got(reference.GetReference(scheme.Scheme, s.create("a")))

	for range 3 {
		recorder.Event(about, corev1.EventTypeNormal, "Seen", "it was seen")
	}
	recorder.AnnotatedEventf(about, map[string]string{"x": "y"}, corev1.EventTypeWarning, "Lost", "it was lost %d times", 2)

	s.until("both events are there, one of them three times", func() bool {
		stored := s.events()
		return len(stored) == 2 && (stored[0].Count == 3 || stored[1].Count == 3)
	})
	for _, selector := range []string{"reason=Seen", "reason=Lost", "type=Warning,involvedObject.kind=ConfigMap,involvedObject.name=a", "involvedObject.name=b"} {
		for _, event := range got(s.typed.CoreV1().Events(s.namespace).List(s.ctx, metav1.ListOptions{FieldSelector: selector})).Items {
			s.say("%s: %s %s '%s' of %s, %d times, by %s, %v", selector, event.Type, event.Reason, event.Message,
				event.InvolvedObject.Name, event.Count, event.Source.Component, event.Annotations)
		}
	}
	found := got(s.typed.CoreV1().Events(s.namespace).SearchWithContext(s.ctx, scheme.Scheme, about))
	s.say("found by its object: %d", len(found.Items))
}

func recordNewEvents(s *scene) {
	broadcaster := events.NewBroadcaster(&events.EventSinkImpl{Interface: s.typed.EventsV1()})
	defer broadcaster.Shutdown()
	must(broadcaster.StartRecordingToSinkWithContext(s.ctx))
	recorder := broadcaster.NewRecorder(scheme.Scheme, "tests.example/tests")
	about := s.create("a")

	recorder.Eventf(about, nil, corev1.EventTypeNormal, "Seen", "Looking", "it was seen by %s", "me")

	var stored []eventsv1.Event
	s.until("the event is there", func() bool {
		stored = got(s.typed.EventsV1().Events(s.namespace).List(s.ctx, metav1.ListOptions{})).Items
		return len(stored) == 1
	})
	event := stored[0]
	s.say("%s %s %s '%s' of %s by %s", event.Type, event.Reason, event.Action, event.Note, event.Regarding.Name, event.ReportingController)
	for _, one := range s.events() {
		s.say("as an older kind: %s %s %s '%s' of %s by %s", one.Type, one.Reason, one.Action, one.Message, one.InvolvedObject.Name, one.ReportingController)
	}
}
