package main

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

var definitions = schema.GroupVersionResource{
	Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions",
}

const lampDefinition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  scope: Namespaced
  names: {plural: lamps, singular: lamp, kind: Lamp, shortNames: [lmp]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.bulbs, statusReplicasPath: .status.bulbs}
    additionalPrinterColumns:
    - {name: Watts, type: integer, jsonPath: .spec.watts}
    - {name: Colour, type: string, jsonPath: .spec.colour, priority: 1}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [watts]
            properties:
              watts: {type: integer, minimum: 1, maximum: 100}
              bulbs: {type: integer, default: 1}
              colour: {type: string, default: white}
              tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
          status:
            type: object
            properties:
              bulbs: {type: integer}
              lit: {type: boolean}
`

// Defines a kind in a group of its own and waits until it is served.
func (s *scene) lampKind(group string) schema.GroupVersionResource {
	kind := s.lampGroup(group)
	definition := &unstructured.Unstructured{}
	must(yaml.Unmarshal([]byte(lampDefinition), &definition.Object))
	definition.SetName("lamps." + kind.Group)
	must(unstructured.SetNestedField(definition.Object, kind.Group, "spec", "group"))
	got(s.dynamic.Resource(definitions).Create(s.ctx, definition, metav1.CreateOptions{}))
	s.until("lamps are served", func() bool {
		_, err := s.dynamic.Resource(kind).Namespace(s.namespace).List(s.ctx, metav1.ListOptions{})
		return err == nil
	})
	s.until("lamps are discovered", func() bool {
		_, err := s.typed.Discovery().ServerResourcesForGroupVersion(kind.GroupVersion().String())
		return err == nil
	})
	return kind
}

func lamp(kind schema.GroupVersionResource, name string, watts int64) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": kind.GroupVersion().String(),
		"kind":       "Lamp",
		"metadata":   map[string]any{"name": name},
		"spec":       map[string]any{"watts": watts},
	}}
}

func (s *scene) lampGroup(group string) schema.GroupVersionResource {
	return schema.GroupVersionResource{Group: group + ".lamps.example", Version: "v1", Resource: "lamps"}
}

func (s *scene) createLamp(kind schema.GroupVersionResource, name string, watts int64) *unstructured.Unstructured {
	return got(s.dynamic.Resource(kind).Namespace(s.namespace).Create(s.ctx, lamp(kind, name, watts), metav1.CreateOptions{}))
}
