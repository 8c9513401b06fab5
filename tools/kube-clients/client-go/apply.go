package main

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	applyappsv1 "k8s.io/client-go/applyconfigurations/apps/v1"
	applycorev1 "k8s.io/client-go/applyconfigurations/core/v1"
	applymetav1 "k8s.io/client-go/applyconfigurations/meta/v1"
	"k8s.io/client-go/util/csaupgrade"
)

func applyScenarios() []scenario {
	return []scenario{
		{"apply of a ConfigMap", applyMap},
		{"apply of a Deployment by two managers", applyDeployment},
		{"apply of a status", applyStatus},
		{"apply by the dynamic client", applyDynamic},
		{"extract and apply again", extract},
		{"from updates to apply", upgradeManagers},
	}
}

func applied(manager string) metav1.ApplyOptions { return metav1.ApplyOptions{FieldManager: manager} }

func applyMap(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	made := got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"k": "1", "l": "1"}).WithLabels(map[string]string{"x": "y"}), applied("one")))
	s.showAll("created", made)
	same := got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"k": "1", "l": "1"}).WithLabels(map[string]string{"x": "y"}), applied("one")))
	s.say("applied again, the version is the same: %v", made.ResourceVersion == same.ResourceVersion)
	_, err := maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"k": "2"}), applied("two"))
	s.sayError("a conflict", err)
	s.sayCauses(err)
	forced := applied("two")
	forced.Force = true
	s.showAll("forced", got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"k": "2", "m": "2"}), forced)))
	s.showAll("one field less", got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"l": "1"}), applied("one"))))
	s.showAll("shared", got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"l": "1", "m": "2"}), applied("one"))))
	_, err = maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace), metav1.ApplyOptions{})
	s.sayError("without a manager", err)
	stale := applycorev1.ConfigMap("a", s.namespace).WithResourceVersion(made.ResourceVersion).WithData(map[string]string{"l": "3"})
	_, err = maps.Apply(s.ctx, stale, applied("one"))
	s.sayError("of an old version", err)
	_, err = maps.Apply(s.ctx, applycorev1.ConfigMap("b", s.namespace).WithUID("00000000-0000-4000-8000-000000000000"), applied("one"))
	s.sayError("with an id that nothing has", err)
	dry := metav1.ApplyOptions{FieldManager: "one", DryRun: []string{metav1.DryRunAll}}
	s.say("dry: %v", got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"l": "dry"}), dry)).Data)
	s.showAll("stored", got(maps.Get(s.ctx, "a", metav1.GetOptions{})))
}

func (s *scene) wanted(replicas int32, containers ...*applycorev1.ContainerApplyConfiguration) *applyappsv1.DeploymentApplyConfiguration {
	labels := map[string]string{"app": "d"}
	return applyappsv1.Deployment("d", s.namespace).WithSpec(applyappsv1.DeploymentSpec().
		WithReplicas(replicas).
		WithSelector(applymetav1.LabelSelector().WithMatchLabels(labels)).
		WithTemplate(applycorev1.PodTemplateSpec().WithLabels(labels).
			WithSpec(applycorev1.PodSpec().WithContainers(containers...))))
}

func container(name, image string) *applycorev1.ContainerApplyConfiguration {
	return applycorev1.Container().WithName(name).WithImage(image).
		WithEnv(applycorev1.EnvVar().WithName("A").WithValue("1")).
		WithPorts(applycorev1.ContainerPort().WithContainerPort(80).WithProtocol(corev1.ProtocolTCP))
}

func applyDeployment(s *scene) {
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	s.showAll("by one", got(deployments.Apply(s.ctx, s.wanted(2, container("a", "a:1")), applied("one"))))
	sidecar := applyappsv1.Deployment("d", s.namespace).WithSpec(applyappsv1.DeploymentSpec().
		WithTemplate(applycorev1.PodTemplateSpec().WithSpec(applycorev1.PodSpec().
			WithContainers(applycorev1.Container().WithName("sidecar").WithImage("s:1")))))
	s.showAll("with another's container", got(deployments.Apply(s.ctx, sidecar, applied("two"))))
	env := applyappsv1.Deployment("d", s.namespace).WithSpec(applyappsv1.DeploymentSpec().
		WithTemplate(applycorev1.PodTemplateSpec().WithSpec(applycorev1.PodSpec().
			WithContainers(applycorev1.Container().WithName("a").WithImage("a:2")))))
	_, err := deployments.Apply(s.ctx, env, applied("two"))
	s.sayError("a conflict", err)
	s.sayCauses(err)
	s.showAll("one goes on", got(deployments.Apply(s.ctx, s.wanted(3, container("a", "a:3")), applied("one"))))
	scaled := got(deployments.Get(s.ctx, "d", metav1.GetOptions{}))
	seven := int32(7)
	scaled.Spec.Replicas = &seven
	got(deployments.Update(s.ctx, scaled, metav1.UpdateOptions{FieldManager: "scaler"}))
	_, err = deployments.Apply(s.ctx, s.wanted(3, container("a", "a:3")), applied("one"))
	s.sayError("against an update", err)
	s.sayCauses(err)
}

func applyStatus(s *scene) {
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	got(deployments.Apply(s.ctx, s.wanted(2, container("a", "a:1")), applied("one")))
	status := applyappsv1.Deployment("d", s.namespace).WithStatus(applyappsv1.DeploymentStatus().
		WithReplicas(2).WithReadyReplicas(1).WithObservedGeneration(1).
		WithConditions(applyappsv1.DeploymentCondition().WithType(appsv1.DeploymentAvailable).WithStatus(corev1.ConditionFalse)))
	s.showAll("with status", got(deployments.ApplyStatus(s.ctx, status, applied("controller"))))
	more := applyappsv1.Deployment("d", s.namespace).WithStatus(applyappsv1.DeploymentStatus().
		WithConditions(applyappsv1.DeploymentCondition().WithType(appsv1.DeploymentProgressing).WithStatus(corev1.ConditionTrue)))
	s.showAll("with another's condition", got(deployments.ApplyStatus(s.ctx, more, applied("other"))))
}

func applyDynamic(s *scene) {
	kind := s.lampKind("applied")
	lamps := s.dynamic.Resource(kind).Namespace(s.namespace)
	first := lamp(kind, "a", 10)
	first.Object["spec"].(map[string]any)["tags"] = []any{"x", "y"}
	s.showAll("by one", got(lamps.Apply(s.ctx, "a", first, applied("one"))))
	second := lamp(kind, "a", 10)
	second.Object["spec"].(map[string]any)["tags"] = []any{"y", "z"}
	s.showAll("by two", got(lamps.Apply(s.ctx, "a", second, applied("two"))))
	first.Object["spec"].(map[string]any)["tags"] = []any{}
	s.showAll("one lets go", got(lamps.Apply(s.ctx, "a", first, applied("one"))))
	status := lamp(kind, "a", 10)
	delete(status.Object, "spec")
	status.Object["status"] = map[string]any{"lit": true}
	s.showAll("status", got(lamps.ApplyStatus(s.ctx, "a", status, applied("controller"))))
	second.Object["spec"].(map[string]any)["watts"] = int64(500)
	_, err := lamps.Apply(s.ctx, "a", second, metav1.ApplyOptions{FieldManager: "two", Force: true})
	s.sayError("too much", err)
}

func extract(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	made := got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"k": "1"}), applied("one")))
	other := got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"l": "2"}), applied("two")))
	s.say("version moved: %v", made.ResourceVersion != other.ResourceVersion)
	own := got(applycorev1.ExtractConfigMap(other, "one"))
	s.showAll("what is one's", own)
	own.WithData(map[string]string{"m": "3"})
	s.showAll("applied again", got(maps.Apply(s.ctx, own, applied("one"))))
	deployments := s.typed.AppsV1().Deployments(s.namespace)
	deployed := got(deployments.Apply(s.ctx, s.wanted(2, container("a", "a:1")), applied("one")))
	s.showAll("what of a Deployment is one's", got(applyappsv1.ExtractDeployment(deployed, "one")))
}

func upgradeManagers(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	made := got(maps.Create(s.ctx, s.configMap("a", "k", "1", "l", "1"), metav1.CreateOptions{FieldManager: "before"}))
	must(csaupgrade.UpgradeManagedFields(made, sets.New("before"), "now"))
	moved := got(maps.Update(s.ctx, made, metav1.UpdateOptions{FieldManager: "mover"}))
	s.showAll("moved", moved)
	s.showAll("applied with less", got(maps.Apply(s.ctx, applycorev1.ConfigMap("a", s.namespace).WithData(map[string]string{"k": "1"}), applied("now"))))
}
