package main

import (
	"errors"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func errorScenarios() []scenario {
	return []scenario{{"errors", apiErrors}}
}

func (s *scene) sayCauses(err error) {
	var status apierrors.APIStatus
	if !errors.As(err, &status) {
		s.say("  no status")
		return
	}
	details := status.Status().Details
	s.say("  code %d", status.Status().Code)
	if details == nil {
		return
	}
	s.say("  of %s %s %s", details.Group, details.Kind, details.Name)
	var causes []string
	for _, cause := range details.Causes {
		causes = append(causes, fmt.Sprintf("%s %s: %s", cause.Type, cause.Field, cause.Message))
	}
	s.sayLines("  causes", sorted(causes))
}

// What programs decide by; the words hold ids that no two servers share.
func (s *scene) sayErrorOf(title string, err error) {
	s.say("%s: %s, not found %v, conflict %v, exists %v, invalid %v", title, apierrors.ReasonForError(err),
		apierrors.IsNotFound(err), apierrors.IsConflict(err), apierrors.IsAlreadyExists(err), apierrors.IsInvalid(err))
}

func apiErrors(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	report := func(title string, err error) {
		s.sayError(title, err)
		s.sayCauses(err)
	}
	_, err := maps.Get(s.ctx, "absent", metav1.GetOptions{})
	report("get", err)
	_, err = maps.Update(s.ctx, s.configMap("absent"), metav1.UpdateOptions{})
	report("update", err)
	report("delete", maps.Delete(s.ctx, "absent", metav1.DeleteOptions{}))
	s.create("a")
	_, err = maps.Create(s.ctx, s.configMap("a"), metav1.CreateOptions{})
	report("create what exists", err)
	_, err = maps.Create(s.ctx, s.configMap("Not_Valid", "not valid!", "x"), metav1.CreateOptions{})
	s.sayErrorOf("create what is not valid", err)
	s.sayCauses(err)
	elsewhere := s.typed.CoreV1().ConfigMaps(s.namespace + "-absent")
	_, err = elsewhere.Create(s.ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "a"}}, metav1.CreateOptions{})
	report("create in no namespace", err)
	_, err = elsewhere.Create(s.ctx, s.configMap("a"), metav1.CreateOptions{})
	report("create with another's namespace", err)
	empty := got(elsewhere.List(s.ctx, metav1.ListOptions{}))
	s.say("a list of no namespace has %d", len(empty.Items))
	wrong := s.deployment("d", 1)
	wrong.Spec.Template.Labels = map[string]string{"app": "other"}
	wrong.Spec.Template.Spec.Containers[0].Image = ""
	_, err = s.typed.AppsV1().Deployments(s.namespace).Create(s.ctx, wrong, metav1.CreateOptions{})
	s.sayErrorOf("create a wrong Deployment", err)
	s.sayCauses(err)
	_, err = s.typed.CoreV1().Pods(s.namespace).Get(s.ctx, "absent", metav1.GetOptions{})
	report("of another kind", err)
	_, err = s.typed.RbacV1().ClusterRoles().Get(s.ctx, "absent", metav1.GetOptions{})
	report("of the whole cluster", err)
	result := s.typed.CoreV1().RESTClient().Get().AbsPath("/absent").Do(s.ctx)
	report("of no path", result.Error())
	result = s.typed.CoreV1().RESTClient().Put().AbsPath("/api/v1/namespaces/" + s.namespace + "/configmaps").Body([]byte("{}")).Do(s.ctx)
	report("a verb that is none", result.Error())
}
