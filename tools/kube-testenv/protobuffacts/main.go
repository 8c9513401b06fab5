// Command protobuffacts writes down how Kubernetes' built-in types are numbered in protobuf, as typed clients send them
// by default. OpenAPI does not say this; the types' struct tags do.
//
// One line per type: its OpenAPI name, then number=json:kind[:type]. Kinds: s string, i integer, b bool, d double,
// y bytes, m message, w message that wraps a list of strings; with [] for lists and {} for maps, ^ for members that are
// merged into the parent, * for pointers (whose zero values are meant).
package main

import (
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	autoscalingv1 "k8s.io/api/autoscaling/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"

	"edge-mc.io/tools/kube-testenv/facts"
)

var lines = map[string]string{}

func describe(t reflect.Type) string {
	prefix := ""
	for {
		switch t.Kind() {
		case reflect.Pointer:
			prefix += "*"
			t = t.Elem()
			continue
		case reflect.Slice:
			if t.Elem().Kind() == reflect.Uint8 {
				return prefix + "y"
			}
			if t.Name() != "" && strings.Contains(prefix, "{}") {
				return prefix + "w"
			}
			prefix += "[]"
			t = t.Elem()
			continue
		case reflect.Map:
			prefix += "{}"
			t = t.Elem()
			continue
		}
		break
	}
	switch t.Kind() {
	case reflect.String:
		return prefix + "s"
	case reflect.Bool:
		return prefix + "b"
	case reflect.Float32, reflect.Float64:
		return prefix + "d"
	case reflect.Struct:
		add(t)
		return prefix + "m:" + facts.OpenAPIName(t)
	default:
		return prefix + "i"
	}
}

func add(t reflect.Type) {
	name := facts.OpenAPIName(t)
	if _, known := lines[name]; known {
		return
	}
	lines[name] = ""
	var fields []string
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		tag := f.Tag.Get("protobuf")
		if !strings.Contains(tag, ",") {
			continue
		}
		number := strings.Split(tag, ",")[1]
		options := strings.Split(f.Tag.Get("json"), ",")
		if options[0] == "-" {
			continue
		}
		kind := describe(f.Type)
		if options[0] == "" {
			kind = "^" + kind
		}
		fields = append(fields, number+"="+options[0]+":"+kind)
	}
	lines[name] = strings.Join(fields, " ")
}

func main() {
	kinds := facts.Served(os.Args[1])
	for gvk, t := range scheme.Scheme.AllKnownTypes() {
		if kinds[gvk] {
			add(t)
		}
	}
	add(reflect.TypeOf(metav1.DeleteOptions{}))
	add(reflect.TypeOf(autoscalingv1.Scale{}))
	var names []string
	for name := range lines {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintln(os.Stdout, strings.TrimSpace(name+" "+lines[name]))
	}
}
