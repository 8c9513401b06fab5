// Package facts is what the programs have in common that write down facts of Kubernetes' built-in types.
package facts

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// OpenAPIName is what OpenAPI documents call a Go type.
func OpenAPIName(t reflect.Type) string {
	return strings.Replace(strings.ReplaceAll(t.PkgPath(), "/", "."), "k8s.io", "io.k8s", 1) + "." + t.Name()
}

// Served reads the other facts: the argument is the file that tools/kube-facts writes.
func Served(file string) map[schema.GroupVersionKind]bool {
	content, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	var facts struct {
		Kinds []struct {
			Group, Kind string
			Versions    []struct{ Version string }
		}
	}
	if err := json.Unmarshal(content, &facts); err != nil {
		panic(err)
	}
	found := map[schema.GroupVersionKind]bool{}
	for _, kind := range facts.Kinds {
		for _, version := range kind.Versions {
			found[schema.GroupVersionKind{Group: kind.Group, Version: version.Version, Kind: kind.Kind}] = true
		}
	}
	return found
}
