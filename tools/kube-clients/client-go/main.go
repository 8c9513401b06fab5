// Uses client-go as controllers and tools do, and prints what it sees: a transcript that must be the same for each
// server that says it is a Kubernetes API server.
package main

import (
	"context"
	"fmt"
	"os"
	"sort"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
)

// A scenario says what it sees; what it did not expect ends it, by a panic.
type scenario struct {
	name string
	run  func(s *scene)
}

func main() {
	all := scenarios()
	if len(os.Args) == 2 && os.Args[1] == "--list" {
		for _, one := range all {
			fmt.Println(one.name)
		}
		return
	}
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: client-go KUBECONFIG [SCENARIO...] | --list")
		os.Exit(2)
	}
	klog.LogToStderr(false)
	klog.SetOutput(discard{})
	for _, one := range all {
		if chosen(one.name, os.Args[2:]) {
			run(one, os.Args[1])
		}
	}
}

func scenarios() []scenario {
	var all []scenario
	for _, some := range [][]scenario{
		informerScenarios(), resumeScenarios(), readScenarios(), discoveryScenarios(), writeScenarios(), applyScenarios(),
		lockScenarios(), encodingScenarios(), eventScenarios(), subresourceScenarios(), errorScenarios(),
	} {
		all = append(all, some...)
	}
	return all
}

func chosen(name string, wanted []string) bool {
	for _, one := range wanted {
		if one == name {
			return true
		}
	}
	return len(wanted) == 0
}

func run(one scenario, kubeconfig string) {
	fmt.Printf("## %s\n", one.name)
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	defer cancel()
	defer func() {
		if problem := recover(); problem != nil {
			fmt.Printf("UNEXPECTED: %v\n", problem)
		}
	}()
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	must(err)
	// A test is no guest that has to hold back.
	config.QPS = -1
	s := newScene(ctx, one.name, config)
	defer s.end()
	one.run(s)
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func got[T any](value T, err error) T {
	must(err)
	return value
}

func sorted(names []string) []string {
	sort.Strings(names)
	return names
}
