package io.edgemc.summarizer.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Placements at clusters, evaluated by brute force. A combination is named by a number whose bits are its members; in combinations
 * of three and more the last member was changed later.
 */
final class PlacementModel {
    static final int PLACEMENTS = 3;
    static final int COMBINATIONS = 1 << PLACEMENTS;
    static final List<String> STATES = List.of("delivered", "pending", "failed", "stale");

    private final Map<Integer, String> envs = new TreeMap<>();
    private final Map<Integer, Step.Targeted> targets = new HashMap<>();
    private final Map<Integer, Step.Applied> reports = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private boolean byEnv;

    /** Something that happens. */
    sealed interface Step {
        record Named(int cluster, String env) implements Step {}

        record Gone(int cluster) implements Step {}

        /** Combination 0 is none. */
        record Targeted(int cluster, int combination, long since) implements Step {}

        /** One placement failed, or with a negative number none. */
        record Applied(int cluster, long revision, boolean stale, int failed) implements Step {}

        record Content(int combination) implements Step {}

        record ContentGone(int combination) implements Step {}

        record Decided(int placement) implements Step {}

        record Redefined(boolean byEnv) implements Step {}
    }

    static List<Integer> members(int combination) {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < PLACEMENTS; i++) {
            if ((combination >> i & 1) == 1) {
                members.add(i);
            }
        }
        return members;
    }

    static long changedAt(int combination, int placement) {
        return 2L * placement + (combination > 3 ? 1 : 0);
    }

    boolean edition() {
        return byEnv;
    }

    void apply(Step step) {
        switch (step) {
            case Step.Named(int cluster, String env) -> {
                envs.put(cluster, env);
                gone.remove(cluster);
            }
            case Step.Gone(int cluster) -> {
                envs.remove(cluster);
                targets.remove(cluster);
                reports.remove(cluster);
                gone.add(cluster);
            }
            case Step.Targeted target -> {
                if (!gone.contains(target.cluster())) {
                    targets.put(target.cluster(), target);
                }
            }
            case Step.Applied report -> {
                if (!gone.contains(report.cluster())) {
                    reports.put(report.cluster(), report);
                }
            }
            case Step.Redefined(boolean now) -> byEnv = now;
            case Step.Content content -> {}
            case Step.ContentGone content -> {}
            case Step.Decided decision -> {}
        }
    }

    /** Rows by the value of their one group column. */
    Map<List<String>, Map<String, Object>> expected() {
        Map<List<String>, Map<String, Object>> rows = new HashMap<>();
        envs.forEach((cluster, env) -> {
            Step.Targeted target = targets.get(cluster);
            if (target != null) {
                for (int placement : members(target.combination())) {
                    String group = byEnv ? env : "p" + placement;
                    rows.computeIfAbsent(List.of(group), any -> noneOf())
                            .merge(state(target, reports.get(cluster), placement), 1, (a, b) -> (int) a + (int) b);
                }
            }
        });
        return rows;
    }

    private static Map<String, Object> noneOf() {
        Map<String, Object> row = new LinkedHashMap<>();
        STATES.forEach(state -> row.put(state, 0));
        return row;
    }

    private static String state(Step.Targeted target, Step.@Nullable Applied report, int placement) {
        if (report == null) {
            return "pending";
        }
        if (report.failed() == placement) {
            return "failed";
        }
        boolean holds =
                report.revision() >= changedAt(target.combination(), placement) && report.revision() >= target.since();
        return holds ? "delivered" : report.stale() ? "stale" : "pending";
    }
}
