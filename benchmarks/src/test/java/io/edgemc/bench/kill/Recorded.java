package io.edgemc.bench.kill;

import io.edgemc.bench.kill.Attempt.Outcome;
import io.edgemc.bench.kill.EdgeRequest.Applied;
import io.edgemc.bench.kill.EdgeRequest.Deleted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A recorded run to plant faults in. It begins faultless: page round-1 written as 1 and 2, page round-2 written as 3 and deleted,
 * the ReplicaSet of the scenario applied once, at one edge.
 */
final class Recorded {
    static final String SET = "replicasets.apps/commonstuff/commond";
    static final String ONE = "configmaps/commonstuff/round-1";
    static final String TWO = "configmaps/commonstuff/round-2";

    final List<Attempt> attempts = new ArrayList<>(List.of(
            Attempt.write("round-1", 1, Outcome.ACKNOWLEDGED),
            Attempt.write("round-1", 2, Outcome.ACKNOWLEDGED),
            Attempt.write("round-2", 3, Outcome.ACKNOWLEDGED),
            Attempt.delete("round-2", Outcome.ACKNOWLEDGED)));
    final Map<String, String> space = new HashMap<>(Map.of("round-1", "2"));
    final List<EdgeRequest> requests = new ArrayList<>(
            List.of(new Applied(SET, "set", ""), page(ONE, 1), page(ONE, 2), page(TWO, 3), new Deleted(TWO)));
    final Set<String> held = new TreeSet<>(Set.of(SET, ONE));
    final Map<String, String> pages = new HashMap<>(Map.of("round-1", "2"));

    static Applied page(String key, long value) {
        return new Applied(key, key + "=" + value, Long.toString(value));
    }

    /** With the API server's own count in keeping with the requests. */
    History history() {
        Map<String, Long> applies = new HashMap<>();
        for (EdgeRequest request : requests) {
            if (request instanceof Applied applied) {
                applies.merge(applied.key().substring(0, applied.key().indexOf('/')), 1L, Long::sum);
            }
        }
        return history(applies);
    }

    History history(Map<String, Long> applies) {
        return new History(
                attempts,
                space,
                List.of(new EdgeHistory("florin", requests, applies, held, pages)),
                Map.of("florin", Set.of(SET)));
    }
}
