package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/util/retry"
)

func lockScenarios() []scenario {
	return []scenario{
		{"retry on conflict", retryOnConflict},
		{"many writers of one object", manyWriters},
		{"preconditions", preconditions},
		{"leader election", election},
		{"leader election of many", electionOfMany},
	}
}

func retryOnConflict(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	mine := s.create("a", "k", "1")
	got(maps.Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{}))
	mine.Data["k"] = "3"
	_, err := maps.Update(s.ctx, mine, metav1.UpdateOptions{})
	s.sayError("update of a stale object", err)
	tries := 0
	must(retry.RetryOnConflict(retry.DefaultRetry, func() error {
		tries++
		if tries > 1 {
			mine = got(maps.Get(s.ctx, "a", metav1.GetOptions{}))
			mine.Data["mine"] = "too"
		}
		_, err := maps.Update(s.ctx, mine, metav1.UpdateOptions{})
		return err
	}))
	s.say("after %d tries: %v", tries, got(maps.Get(s.ctx, "a", metav1.GetOptions{})).Data)
}

func manyWriters(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	s.create("counter", "n", "0")
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for range 5 {
				must(retry.OnError(retry.DefaultBackoff, apierrors.IsConflict, func() error {
					for {
						read := got(maps.Get(s.ctx, "counter", metav1.GetOptions{}))
						read.Data["n"] = strconv.Itoa(got(strconv.Atoi(read.Data["n"])) + 1)
						if _, err := maps.Update(s.ctx, read, metav1.UpdateOptions{}); !apierrors.IsConflict(err) {
							return err
						}
					}
				}))
			}
		})
	}
	writers.Wait()
	s.say("counted: %s", got(maps.Get(s.ctx, "counter", metav1.GetOptions{})).Data["n"])
}

func preconditions(s *scene) {
	maps := s.typed.CoreV1().ConfigMaps(s.namespace)
	made := s.create("a", "k", "1")
	updated := got(maps.Update(s.ctx, s.configMap("a", "k", "2"), metav1.UpdateOptions{}))
	s.sayErrorOf("deletion of an old version", maps.Delete(s.ctx, "a", *metav1.NewRVDeletionPrecondition(made.ResourceVersion)))
	s.sayErrorOf("deletion of another object", maps.Delete(s.ctx, "a", *metav1.NewPreconditionDeleteOptions("00000000-0000-4000-8000-000000000000")))
	s.sayErrorOf("deletion of this one", maps.Delete(s.ctx, "a", *metav1.NewRVDeletionPrecondition(updated.ResourceVersion)))
	other := s.configMap("b")
	other.ResourceVersion = "1"
	_, err := maps.Create(s.ctx, other, metav1.CreateOptions{})
	s.sayError("creation with a version", err)
	again := s.create("a")
	again.UID = made.UID
	_, err = maps.Update(s.ctx, again, metav1.UpdateOptions{})
	s.sayErrorOf("update of what was deleted and made anew", err)
}

func (s *scene) elect(ctx context.Context, who string, told *seen) {
	lock := &resourcelock.LeaseLock{
		LeaseMeta:  metav1.ObjectMeta{Name: "leader", Namespace: s.namespace},
		Client:     s.typed.CoordinationV1(),
		LockConfig: resourcelock.ResourceLockConfig{Identity: who},
	}
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock: lock, LeaseDuration: 8 * time.Second, RenewDeadline: 6 * time.Second, RetryPeriod: 50 * time.Millisecond, ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(context.Context) { told.add("%s leads", who) },
			OnStoppedLeading: func() {
				if ctx.Err() != nil {
					return
				}
				told.add("%s lost the lead", who)
			},
		},
	})
}

func (s *scene) lease() *coordinationv1.Lease {
	return got(s.typed.CoordinationV1().Leases(s.namespace).Get(s.ctx, "leader", metav1.GetOptions{}))
}

func election(s *scene) {
	told := newSeen()
	first, release := s.background()
	go s.elect(first, "first", told)
	s.sayLines("at first", told.take(s, 1))
	held := s.lease()
	s.say("holder %s for %d s, transitions %d", *held.Spec.HolderIdentity, *held.Spec.LeaseDurationSeconds, *held.Spec.LeaseTransitions)
	s.until("the lease is renewed", func() bool { return s.lease().Spec.RenewTime.After(held.Spec.RenewTime.Time) })
	second, _ := s.background()
	go s.elect(second, "second", told)
	s.say("the same holder while it renews: %v", *s.lease().Spec.HolderIdentity == "first")

	release()

	s.sayLines("after the release", told.take(s, 1))
	now := s.lease()
	s.say("holder %s, transitions %d, another version: %v", *now.Spec.HolderIdentity, *now.Spec.LeaseTransitions, now.ResourceVersion != held.ResourceVersion)
}

// Each of them leads once; never two at a time.
func electionOfMany(s *scene) {
	var lock sync.Mutex
	leading, most := 0, 0
	done := newSeen()
	for i := range 5 {
		ctx, cancel := s.background()
		told := newSeen()
		go s.elect(ctx, fmt.Sprint("candidate ", i), told)
		go func() {
			told.take(s, 1)
			lock.Lock()
			leading++
			most = max(most, leading)
			lock.Unlock()
			for range 3 {
				s.lease()
			}
			lock.Lock()
			leading--
			lock.Unlock()
			done.add("candidate %d has led", i)
			cancel()
		}()
	}
	s.sayLines("all led", sorted(done.take(s, 5)))
	s.say("at a time: %d, transitions %d", most, *s.lease().Spec.LeaseTransitions)
}
