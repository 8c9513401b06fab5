// Command gofacts writes down what the Go types of Kubernetes' built-in kinds say and OpenAPI does not: which fields are
// always written, even if nobody set them, and how refusals name the types.
//
// One line per type: its OpenAPI name, then for each field json=type[!zero]. With ! the field is always written: with
// that zero value if it has no other. Types are Go's; with * for pointers, whose zero values are meant.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"

	"edge-mc.io/tools/kube-testenv/facts"
)

var lines = map[string]string{}
var marshaler = reflect.TypeOf((*json.Marshaler)(nil)).Elem()

func writesItself(t reflect.Type) bool {
	return t.Implements(marshaler) || reflect.PointerTo(t).Implements(marshaler)
}

// visit adds the structs that a type leads to.
func visit(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		visit(t.Elem())
	case reflect.Struct:
		if !writesItself(t) {
			add(t)
		}
	}
}

func always(f reflect.StructField, options []string) bool {
	if slices.Contains(options, "omitzero") {
		return false
	}
	// encoding/json never takes a struct for empty.
	return !slices.Contains(options, "omitempty") || f.Type.Kind() == reflect.Struct
}

func zero(t reflect.Type) string {
	if t.Kind() == reflect.Struct && !writesItself(t) {
		return "{}"
	}
	text, err := json.Marshal(reflect.Zero(t).Interface())
	if err != nil {
		panic(err)
	}
	return string(text)
}

func fields(t reflect.Type) []string {
	var all []string
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		options := strings.Split(f.Tag.Get("json"), ",")
		if options[0] == "-" || !f.IsExported() {
			continue
		}
		if f.Anonymous && options[0] == "" {
			if f.Type != reflect.TypeOf(metav1.TypeMeta{}) {
				all = append(all, fields(f.Type)...)
			}
			continue
		}
		visit(f.Type)
		field := options[0] + "=" + strings.ReplaceAll(f.Type.String(), " ", "")
		if always(f, options[1:]) {
			field += "!" + zero(f.Type)
		}
		all = append(all, field)
	}
	return all
}

func add(t reflect.Type) {
	name := facts.OpenAPIName(t)
	if _, known := lines[name]; known {
		return
	}
	lines[name] = ""
	lines[name] = strings.Join(fields(t), " ")
}

func main() {
	kinds := facts.Served(os.Args[1])
	for gvk, t := range scheme.Scheme.AllKnownTypes() {
		if kinds[gvk] {
			add(t)
		}
	}
	add(reflect.TypeOf(apiextensions.CustomResourceDefinition{}))
	add(reflect.TypeOf(apiregistration.APIService{}))
	add(reflect.TypeOf(metav1.DeleteOptions{}))
	var names []string
	for name := range lines {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintln(os.Stdout, strings.TrimSpace(name+" "+lines[name]))
	}
}
