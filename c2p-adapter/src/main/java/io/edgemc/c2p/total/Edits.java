package io.edgemc.c2p.total;

import io.edgemc.c2p.state.Counts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a batch changes of policies at clusters, summed up before anything is written. Used by one thread. */
public final class Edits {
    /** A policy at a cluster. */
    record Pair(String clusterUid, String policyId) {}

    private final Map<Pair, Counts> counts = new HashMap<>();
    private final Map<Pair, Boolean> placed = new HashMap<>();
    private final Set<String> moved = new HashSet<>();
    private final Set<String> announced = new HashSet<>();
    private final Set<String> gone = new HashSet<>();

    /** Results came or went. */
    public void count(String clusterUid, String policyId, Counts difference) {
        counts.merge(new Pair(clusterUid, policyId), difference, Counts::plus);
    }

    public void placed(String clusterUid, String policyId, boolean now) {
        placed.put(new Pair(clusterUid, policyId), now);
    }

    /** The cluster became current, or is it no more. */
    public void moved(String clusterUid) {
        moved.add(clusterUid);
    }

    /** Every state of the cluster is to be told, for its name became known. */
    public void announce(String clusterUid) {
        announced.add(clusterUid);
    }

    /** The cluster is no more. */
    public void gone(String clusterUid) {
        gone.add(clusterUid);
    }

    Set<Pair> pairs() {
        Set<Pair> pairs = new HashSet<>(counts.keySet());
        pairs.addAll(placed.keySet());
        return pairs;
    }

    Set<String> wholeClusters() {
        Set<String> whole = new HashSet<>(moved);
        whole.addAll(announced);
        whole.addAll(gone);
        return whole;
    }

    boolean isAnnounced(String clusterUid) {
        return announced.contains(clusterUid);
    }

    boolean isGone(String clusterUid) {
        return gone.contains(clusterUid);
    }

    Counts difference(Pair pair) {
        return counts.getOrDefault(pair, Counts.NONE);
    }

    boolean placed(Pair pair, boolean before) {
        return placed.getOrDefault(pair, before);
    }

    boolean isEmpty() {
        return counts.isEmpty() && placed.isEmpty() && wholeClusters().isEmpty();
    }
}
