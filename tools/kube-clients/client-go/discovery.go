package main

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/openapi3"
	"k8s.io/client-go/restmapper"
)

func discoveryScenarios() []scenario {
	return []scenario{
		{"REST mapper", restMapper},
		{"REST mapper learns of a custom kind", restMapperLearns},
		{"discovery", discover},
		{"OpenAPI", openAPI},
	}
}

func restMapper(s *scene) {
	cached := memory.NewMemCacheClient(s.typed.Discovery())
	mapper := restmapper.NewShortcutExpander(restmapper.NewDeferredDiscoveryRESTMapper(cached), cached, nil)
	for _, name := range []string{
		"cm", "configmaps", "configmap", "po", "deploy", "deployments", "sts", "ds", "rs", "svc", "ing", "netpol", "pvc", "pv", "ns", "no", "sa",
		"cj", "jobs", "hpa", "pdb", "sc", "crd", "crds", "events", "leases", "roles", "clusterrolebindings", "quota", "limits", "ep", "csr",
		"pc", "priorityclasses", "endpointslices", "absent", "rc", "httproutes",
	} {
		kind, err := mapper.KindFor(schema.GroupVersionResource{Resource: name})
		if err != nil {
			s.say("%s: %v, no match: %v", name, err, meta.IsNoMatchError(err))
			continue
		}
		mapping := got(mapper.RESTMapping(kind.GroupKind(), kind.Version))
		s.say("%s: %s, %s, %s", name, kind, mapping.Resource.Resource, mapping.Scope.Name())
	}
	for _, kind := range []schema.GroupKind{{Group: "apps", Kind: "Deployment"}, {Kind: "Pod"}, {Group: "autoscaling", Kind: "HorizontalPodAutoscaler"}, {Group: "apps", Kind: "Absent"}} {
		mappings, err := mapper.RESTMappings(kind)
		for _, mapping := range mappings {
			s.say("%s: %s", kind, mapping.GroupVersionKind)
		}
		if err != nil {
			s.say("%s: %v", kind, err)
		}
	}
	all, _ := restmapper.NewDiscoveryCategoryExpander(cached).Expand("all")
	var resources []string
	for _, one := range all {
		resources = append(resources, one.String())
	}
	s.sayLines("category all", sorted(resources))
}

func restMapperLearns(s *scene) {
	cached := memory.NewMemCacheClient(s.typed.Discovery())
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(cached)
	kind := schema.GroupKind{Group: "mapped.lamps.example", Kind: "Lamp"}
	_, err := mapper.RESTMapping(kind)
	s.say("before: %v", err)
	lamps := s.lampKind("mapped")
	s.until("the mapper knows lamps", func() bool {
		mapper.Reset()
		_, err := mapper.RESTMapping(kind)
		return err == nil
	})
	mapping := got(mapper.RESTMapping(kind, "v1"))
	s.say("after: %s, %s", mapping.Resource, mapping.Scope.Name())
	must(s.dynamic.Resource(definitions).Delete(s.ctx, "lamps."+lamps.Group, metav1.DeleteOptions{}))
	s.until("the mapper knows lamps no more", func() bool {
		mapper.Reset()
		_, err := mapper.RESTMapping(kind)
		return meta.IsNoMatchError(err)
	})
}

func discover(s *scene) {
	client := s.typed.Discovery()
	version := got(client.ServerVersion())
	s.say("version %s.%s", version.Major, version.Minor)
	groups, lists, err := client.ServerGroupsAndResources()
	must(err)
	var names []string
	for _, group := range groups {
		if len(group.Name) < 13 || group.Name[len(group.Name)-13:] != "lamps.example" {
			names = append(names, group.Name+" prefers "+group.PreferredVersion.Version)
		}
	}
	s.sayLines("groups", sorted(names))
	byVersion := map[string]*metav1.APIResourceList{}
	for _, list := range lists {
		byVersion[list.GroupVersion] = list
	}
	for _, version := range []string{"v1", "apps/v1", "batch/v1", "networking.k8s.io/v1", "policy/v1", "rbac.authorization.k8s.io/v1", "coordination.k8s.io/v1"} {
		direct := got(client.ServerResourcesForGroupVersion(version))
		for _, list := range []*metav1.APIResourceList{byVersion[version], direct} {
			var lines []string
			for _, one := range list.APIResources {
				if storable(one) {
					lines = append(lines, fmt.Sprintf("%s %s %s %v %v %v %v", one.Name, one.SingularName, one.Kind, one.Namespaced, one.ShortNames, one.Categories, one.Verbs))
				}
			}
			s.sayLines(version, sorted(lines))
		}
	}
	preferred := discovery.FilteredBy(discovery.SupportsAllVerbs{Verbs: []string{"list", "watch"}}, got(client.ServerPreferredResources()))
	count := 0
	for _, list := range preferred {
		if list.GroupVersion == "apps/v1" || list.GroupVersion == "v1" {
			count += len(list.APIResources)
		}
	}
	s.say("%d preferred resources of v1 and apps/v1 can be listed and watched", count)
	s.sayError("a version that is not served", discovery.ServerSupportsVersion(client, schema.GroupVersion{Group: "apps", Version: "v1beta1"}))
	_, err = client.ServerResourcesForGroupVersion("absent.example/v1")
	s.sayError("resources of a group that is not served", err)
}

// Objects that can be stored, and their status and scale. The rest acts on what runs.
func storable(resource metav1.APIResource) bool {
	for _, verb := range resource.Verbs {
		if verb == "list" {
			return true
		}
	}
	return false
}

func openAPI(s *scene) {
	root := openapi3.NewRoot(s.typed.Discovery().OpenAPIV3())
	for _, version := range []schema.GroupVersion{{Version: "v1"}, {Group: "apps", Version: "v1"}} {
		document := got(root.GVSpec(version))
		s.say("%s: OpenAPI %s", version, document.Version)
		for _, path := range []string{"/api/v1/namespaces/{namespace}/configmaps/{name}", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}"} {
			found := document.Paths.Paths[path]
			if found == nil || found.Patch == nil {
				continue
			}
			var parameters []string
			for _, parameter := range found.Patch.Parameters {
				parameters = append(parameters, parameter.Name)
			}
			s.say("  %s: patch with %v, kind %v", path, sorted(parameters), found.Patch.Extensions["x-kubernetes-group-version-kind"])
		}
	}
	_, err := root.GVSpec(schema.GroupVersion{Group: "absent.example", Version: "v1"})
	s.say("of a group that is not served: %v", err)
}
