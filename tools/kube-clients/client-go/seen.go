package main

import (
	"fmt"
	"sync"
)

// What was told in the background, in its order.
type seen struct {
	lock  sync.Mutex
	lines []string
	taken int
}

func newSeen() *seen { return &seen{} }

func (t *seen) add(format string, values ...any) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.lines = append(t.lines, fmt.Sprintf(format, values...))
}

func (t *seen) count() int {
	t.lock.Lock()
	defer t.lock.Unlock()
	return len(t.lines) - t.taken
}

// Waits for that many lines and returns all that are new.
func (t *seen) take(s *scene, count int) []string {
	s.until(fmt.Sprintf("%d more things were seen", count), func() bool { return t.count() >= count })
	t.lock.Lock()
	defer t.lock.Unlock()
	lines := append([]string(nil), t.lines[t.taken:]...)
	t.taken = len(t.lines)
	return lines
}

func (s *scene) sayLines(title string, lines []string) {
	s.say("%s:", title)
	for _, line := range lines {
		s.say("  %s", line)
	}
}
