package io.edgemc.placement.resolve.fleet;

import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.PlacementId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses N of the clusters that match, the same ones whatever the order in which they came (rendezvous hashing): a cluster that
 * comes or goes changes the choice by itself alone.
 */
final class Choice {
    private Choice() {}

    /**
     * @param spread label over whose values the choice goes round, null for none
     */
    static Set<String> of(PlacementId placement, Collection<ClusterFacts> eligible, int most, @Nullable String spread) {
        List<Ranked> ranked = new ArrayList<>();
        eligible.forEach(cluster -> ranked.add(new Ranked(cluster, rank(placement, cluster))));
        ranked.sort(Comparator.comparingLong(Ranked::rank)
                .thenComparing(one -> one.cluster().uid()));
        Map<String, Deque<Ranked>> groups = new LinkedHashMap<>();
        for (Ranked one : ranked) {
            String value = spread == null ? "" : one.cluster().labels().getOrDefault(spread, "");
            groups.computeIfAbsent(value, any -> new ArrayDeque<>()).add(one);
        }
        Set<String> chosen = new HashSet<>();
        while (chosen.size() < most && chosen.size() < ranked.size()) {
            for (Deque<Ranked> group : groups.values()) {
                Ranked next = group.poll();
                if (next != null && chosen.size() < most) {
                    chosen.add(next.cluster().uid());
                }
            }
        }
        return chosen;
    }

    /** FNV-1a over both uids, then mixed: near inputs must not give near ranks. */
    private static long rank(PlacementId placement, ClusterFacts cluster) {
        long hash = 0xcbf29ce484222325L;
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(placement.uid() + "/" + cluster.uid());
        while (bytes.hasRemaining()) {
            hash = (hash ^ bytes.get()) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    private record Ranked(ClusterFacts cluster, long rank) {}
}
