package main

import (
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	applyautoscalingv1 "k8s.io/client-go/applyconfigurations/autoscaling/v1"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/scale"
)

func subresourceScenarios() []scenario {
	return []scenario{
		{"status", status},
		{"scale of a Deployment", scaleDeployment},
		{"scale by apply", applyScale},
		{"scale client", scaleClient},
	}
}

func status(s *scene) {
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	made := got(deployments.Create(s.ctx, s.deployment("d", 2), metav1.CreateOptions{}))
	made.Status = appsv1.DeploymentStatus{Replicas: 2, ObservedGeneration: 1}
	ignored := got(deployments.Update(s.ctx, made, metav1.UpdateOptions{}))
	s.say("status by an update: %d, version moved: %v", ignored.Status.Replicas, ignored.ResourceVersion != made.ResourceVersion)
	made.Labels = map[string]string{"x": "y"}
	five := int32(5)
	made.Spec.Replicas = &five
	made.ResourceVersion = ""
	updated := got(deployments.UpdateStatus(s.ctx, made, metav1.UpdateOptions{}))
	s.show("by an update of the status", updated)
	patch := []byte(`{"status":{"readyReplicas":1},"spec":{"replicas":9}}`)
	patched := got(deployments.Patch(s.ctx, "d", types.MergePatchType, patch, metav1.PatchOptions{}, "status"))
	s.say("ready %d, wanted %d, generation %d", patched.Status.ReadyReplicas, *patched.Spec.Replicas, patched.Generation)
	pods := s.typed.CoreV1().Pods(s.namespace)
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "p"}, Spec: corev1.PodSpec{Containers: []corev1.Container{{Name: "a", Image: "a:1"}}}}
	got(pods.Create(s.ctx, pod, metav1.CreateOptions{}))
	running := got(pods.Patch(s.ctx, "p", types.StrategicMergePatchType,
		[]byte(`{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}`), metav1.PatchOptions{}, "status"))
	s.say("%s, %s %s", running.Status.Phase, running.Status.Conditions[0].Type, running.Status.Conditions[0].Status)
	_, err := s.typed.CoreV1().RESTClient().Get().Namespace(s.namespace).Resource("configmaps").Name("absent").SubResource("status").DoRaw(s.ctx)
	s.sayError("status of a kind that has none", err)
}

func scaleDeployment(s *scene) {
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	got(deployments.Create(s.ctx, s.deployment("d", 2), metav1.CreateOptions{}))
	read := got(deployments.GetScale(s.ctx, "d", metav1.GetOptions{}))
	s.show("read", read)
	read.Spec.Replicas = 5
	s.show("updated", got(deployments.UpdateScale(s.ctx, "d", read, metav1.UpdateOptions{})))
	_, err := deployments.UpdateScale(s.ctx, "d", read, metav1.UpdateOptions{})
	s.sayErrorOf("of an old version", err)
	read.ResourceVersion = ""
	read.Spec.Replicas = -1
	_, err = deployments.UpdateScale(s.ctx, "d", read, metav1.UpdateOptions{})
	s.sayError("too few", err)
	stored := got(deployments.Get(s.ctx, "d", metav1.GetOptions{}))
	s.say("replicas %d, generation %d", *stored.Spec.Replicas, stored.Generation)
	_, err = deployments.GetScale(s.ctx, "absent", metav1.GetOptions{})
	s.sayError("absent", err)
}

func applyScale(s *scene) {
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	got(deployments.Apply(s.ctx, s.wanted(2, container("a", "a:1")), applied("one")))
	wanted := applyautoscalingv1.Scale().WithName("d").WithNamespace(s.namespace).WithSpec(applyautoscalingv1.ScaleSpec().WithReplicas(4))
	_, err := deployments.ApplyScale(s.ctx, "d", wanted, applied("scaler"))
	s.sayError("a conflict", err)
	s.sayCauses(err)
	forced := applied("scaler")
	forced.Force = true
	s.showAll("forced", got(deployments.ApplyScale(s.ctx, "d", wanted, forced)))
	stored := got(deployments.Get(s.ctx, "d", metav1.GetOptions{}))
	s.say("replicas %d", *stored.Spec.Replicas)
	var owners []string
	for _, entry := range stored.ManagedFields {
		owners = append(owners, fmt.Sprintf("%s %s %s: %s", entry.Manager, entry.Operation, entry.Subresource, entry.FieldsV1.Raw))
	}
	s.sayLines("owners", sorted(owners))
}

func scaleClient(s *scene) {
	kind := s.lampKind("scaled")
	s.createLamp(kind, "a", 10)
	cached := memory.NewMemCacheClient(s.typed.Discovery())
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(cached)
	client := got(scale.NewForConfig(s.config, mapper, dynamic.LegacyAPIPathResolverFunc, scale.NewDiscoveryScaleKindResolver(cached)))
	scales := client.Scales(s.namespace)
	read := got(scales.Get(s.ctx, kind.GroupResource(), "a", metav1.GetOptions{}))
	s.show("read", read)
	read.Spec.Replicas = 3
	s.show("updated", got(scales.Update(s.ctx, kind.GroupResource(), read, metav1.UpdateOptions{})))
	patched := got(scales.Patch(s.ctx, kind, "a", types.MergePatchType, []byte(`{"spec":{"replicas":4}}`), metav1.PatchOptions{}))
	s.say("patched to %d", patched.Spec.Replicas)
	s.show("stored", got(s.dynamic.Resource(kind).Namespace(s.namespace).Get(s.ctx, "a", metav1.GetOptions{})))
	got(s.typed.AppsV1().Deployments(s.namespace).Create(s.ctx, s.deployment("d", 2), metav1.CreateOptions{}))
	deployments := appsv1.Resource("deployments")
	s.show("of a Deployment", got(scales.Get(s.ctx, deployments, "d", metav1.GetOptions{})))
	_, err := scales.Get(s.ctx, corev1.Resource("configmaps"), "a", metav1.GetOptions{})
	s.sayError("of a kind that has none", err)
}
