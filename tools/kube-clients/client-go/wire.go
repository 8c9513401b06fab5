package main

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/features"
	"k8s.io/client-go/kubernetes"
)

// Which kinds of request were sent; how often is a matter of time.
type recorder struct {
	lock sync.Mutex
	seen map[string]bool
}

func (r *recorder) kinds() []string {
	r.lock.Lock()
	defer r.lock.Unlock()
	var kinds []string
	for kind := range r.seen {
		kinds = append(kinds, kind)
	}
	return sorted(kinds)
}

type recording struct {
	recorder *recorder
	next     http.RoundTripper
}

func (r *recording) RoundTrip(request *http.Request) (*http.Response, error) {
	query := request.URL.Query()
	kind := strings.ToLower(request.Method)
	switch {
	case query.Get("sendInitialEvents") == "true":
		kind = "watch with initial events"
	case query.Get("watch") != "" && query.Get("watch") != "false":
		kind = "watch"
	case query.Has("continue"):
		kind = "next page"
	case query.Has("limit"):
		kind = "page"
	}
	r.recorder.lock.Lock()
	r.recorder.seen[kind] = true
	r.recorder.lock.Unlock()
	return r.next.RoundTrip(request)
}

// From now on the clients' requests are recorded.
func (s *scene) record() *recorder {
	made := &recorder{seen: map[string]bool{}}
	s.config.Wrap(func(next http.RoundTripper) http.RoundTripper { return &recording{made, next} })
	s.newClients()
	return made
}

func (s *scene) newClients() {
	s.typed = kubernetes.NewForConfigOrDie(s.config)
	s.dynamic = dynamic.NewForConfigOrDie(s.config)
}

// A network whose connections can be cut.
type network struct {
	lock sync.Mutex
	open []net.Conn
}

func (n *network) dial(ctx context.Context, kind, address string) (net.Conn, error) {
	connection, err := (&net.Dialer{}).DialContext(ctx, kind, address)
	if err == nil {
		n.lock.Lock()
		defer n.lock.Unlock()
		n.open = append(n.open, connection)
	}
	return connection, err
}

func (n *network) cut() {
	n.lock.Lock()
	defer n.lock.Unlock()
	if len(n.open) == 0 {
		panic("there is no connection that could be cut")
	}
	for _, connection := range n.open {
		connection.Close()
	}
	n.open = nil
}

type gates struct {
	features.Gates
	changed map[features.Feature]bool
}

func (g *gates) Enabled(feature features.Feature) bool {
	if value, ok := g.changed[feature]; ok {
		return value
	}
	return g.Gates.Enabled(feature)
}

var original = features.FeatureGates()

func (s *scene) withFeatures(changed map[features.Feature]bool) {
	features.ReplaceFeatureGates(&gates{original, changed})
	s.onEnd = append(s.onEnd, func() { features.ReplaceFeatureGates(original) })
	s.newClients()
}

func (s *scene) withWatchList(on bool) {
	s.withFeatures(map[features.Feature]bool{features.WatchListClient: on})
}
