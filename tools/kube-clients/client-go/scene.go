package main

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"
)

// What a scenario works with: a namespace of its own, clients, and a place to say what it sees.
type scene struct {
	ctx       context.Context
	config    *rest.Config
	typed     *kubernetes.Clientset
	dynamic   *dynamic.DynamicClient
	namespace string
	said      sync.Mutex
	others    sync.WaitGroup
	onEnd     []func()
}

func newScene(ctx context.Context, name string, config *rest.Config) *scene {
	s := &scene{ctx: ctx, config: config, namespace: "go-" + strings.ToLower(strings.ReplaceAll(name, " ", "-"))}
	s.typed = kubernetes.NewForConfigOrDie(config)
	s.dynamic = dynamic.NewForConfigOrDie(config)
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: s.namespace}}
	got(s.typed.CoreV1().Namespaces().Create(ctx, namespace, metav1.CreateOptions{}))
	return s
}

func (s *scene) end() {
	s.others.Wait()
	for i := len(s.onEnd) - 1; i >= 0; i-- {
		s.onEnd[i]()
	}
}

// A context that ends with the scene.
func (s *scene) background() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(s.ctx)
	s.onEnd = append(s.onEnd, cancel)
	return ctx, cancel
}

func (s *scene) say(format string, values ...any) {
	s.said.Lock()
	defer s.said.Unlock()
	fmt.Printf(format+"\n", values...)
}

// An object as YAML, without who owns its fields.
func (s *scene) show(title string, object metav1.Object) {
	object.SetManagedFields(nil)
	s.showAll(title, object)
}

// Anything as YAML. Owners of fields come in the order of their names: a server's goes by seconds.
func (s *scene) showAll(title string, value any) {
	if object, ok := value.(metav1.Object); ok {
		owners := object.GetManagedFields()
		sort.SliceStable(owners, func(i, j int) bool { return owners[i].Manager < owners[j].Manager })
		object.SetManagedFields(owners)
	}
	s.say("%s:\n%s", title, indented(string(got(yaml.Marshal(value)))))
}

func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}

// An error as programs see it; that there is none is said, too.
func (s *scene) sayError(title string, err error) {
	if err == nil {
		s.say("%s: no error", title)
		return
	}
	s.say("%s: %s: %s", title, apierrors.ReasonForError(err), err)
}

// Waits for what is to become true.
func (s *scene) until(what string, holds func() bool) {
	for !holds() {
		select {
		case <-s.ctx.Done():
			panic("in vain waited until " + what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (s *scene) configMap(name string, values ...string) *corev1.ConfigMap {
	made := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: s.namespace}, Data: map[string]string{}}
	for i := 0; i+1 < len(values); i += 2 {
		made.Data[values[i]] = values[i+1]
	}
	return made
}

func (s *scene) create(name string, values ...string) *corev1.ConfigMap {
	return got(s.typed.CoreV1().ConfigMaps(s.namespace).Create(s.ctx, s.configMap(name, values...), metav1.CreateOptions{}))
}
