package io.edgemc.bench.kill;

import io.edgemc.bench.kill.Attempt.Outcome;
import io.edgemc.bench.kill.EdgeRequest.Applied;
import io.edgemc.bench.kill.EdgeRequest.Deleted;
import io.edgemc.bench.kill.Fault.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges a recorded run of which this is known: pages have one writer and never the same content twice, nothing else is edited, and
 * nobody interferes at the edges. So every apply of an object must have a body of its own.
 */
public final class HistoryCheck {
    private final History history;
    private final List<Fault> faults = new ArrayList<>();

    private HistoryCheck(History history) {
        this.history = history;
    }

    /** Everything that should not have happened; empty if all is well. */
    public static List<Fault> faults(History history) {
        HistoryCheck check = new HistoryCheck(history);
        check.space();
        history.edges().forEach(check::edge);
        return List.copyOf(check.faults);
    }

    private void fault(Kind kind, String what) {
        faults.add(new Fault(kind, what));
    }

    /** What was acknowledged last holds, unless something tried after it, and not known to have failed, does. */
    private void space() {
        Map<String, Set<String>> possible = new LinkedHashMap<>();
        for (Attempt attempt : history.attempts()) {
            // Before anything is acknowledged, a page may just as well not be there.
            Set<String> states = possible.computeIfAbsent(attempt.name(), name -> new TreeSet<>(Set.of("")));
            if (attempt.outcome() == Outcome.ACKNOWLEDGED) {
                states.clear();
            }
            if (attempt.outcome() != Outcome.REFUSED) {
                states.add(attempt.state());
            }
        }
        possible.forEach((name, states) -> {
            String found = history.space().getOrDefault(name, "");
            if (!states.contains(found)) {
                fault(Kind.LOST, name + " is '" + found + "' in the space, should be one of " + states);
            }
        });
    }

    private void edge(EdgeHistory edge) {
        recorded(edge);
        delivered(edge);
        applied(edge);
        deleted(edge);
    }

    /** The API server's own count of applies is what the record has. */
    private void recorded(EdgeHistory edge) {
        Map<String, Long> recorded = new HashMap<>();
        for (EdgeRequest request : edge.requests()) {
            if (request instanceof Applied applied) {
                recorded.merge(resource(applied.key()), 1L, Long::sum);
            }
        }
        Set<String> resources = new TreeSet<>(recorded.keySet());
        resources.addAll(edge.applies().keySet());
        for (String resource : resources) {
            long counted = edge.applies().getOrDefault(resource, 0L);
            if (recorded.getOrDefault(resource, 0L) != counted) {
                fault(
                        Kind.UNRECORDED,
                        edge.edge() + " counted " + counted + " applies of " + resource + ", recorded are "
                                + recorded.getOrDefault(resource, 0L));
            }
        }
    }

    private void delivered(EdgeHistory edge) {
        Set<String> names = new TreeSet<>(history.space().keySet());
        names.addAll(edge.pages().keySet());
        for (String name : names) {
            String wanted = history.space().getOrDefault(name, "");
            String found = edge.pages().getOrDefault(name, "");
            if (!wanted.equals(found)) {
                fault(
                        wanted.isEmpty() ? Kind.STRAY : Kind.NOT_DELIVERED,
                        name + " is '" + found + "' at " + edge.edge() + ", '" + wanted + "' in the space");
            }
        }
        Set<String> scenario = history.scenario().getOrDefault(edge.edge(), Set.of());
        for (String key : scenario) {
            if (!edge.held().contains(key)) {
                fault(Kind.NOT_DELIVERED, key + " is not at " + edge.edge());
            }
        }
        for (String key : edge.held()) {
            if (!History.isPage(key) && !scenario.contains(key)) {
                fault(Kind.STRAY, key + " is at " + edge.edge());
            }
        }
    }

    private void applied(EdgeHistory edge) {
        Map<String, Set<String>> bodies = new HashMap<>();
        Map<String, Long> latest = new HashMap<>();
        for (EdgeRequest request : edge.requests()) {
            if (request instanceof Applied applied) {
                if (!bodies.computeIfAbsent(applied.key(), key -> new HashSet<>())
                        .add(applied.body())) {
                    fault(Kind.APPLIED_AGAIN, applied.key() + " at " + edge.edge() + ": " + applied.body());
                }
                if (History.isPage(applied.key())) {
                    page(edge.edge(), applied, latest);
                }
            }
        }
    }

    private void page(String edge, Applied applied, Map<String, Long> latest) {
        String name = applied.key().substring(History.PAGES.length());
        boolean written = history.attempts().stream()
                .anyMatch(attempt -> attempt.name().equals(name)
                        && attempt.value().isPresent()
                        && attempt.state().equals(applied.state())
                        && attempt.outcome() != Outcome.REFUSED);
        if (!written) {
            fault(Kind.INVENTED, name + " was applied as '" + applied.state() + "' at " + edge);
            return;
        }
        long value = Long.parseLong(applied.state());
        long before = latest.merge(name, value, Math::max);
        if (before > value) {
            fault(Kind.APPLIED_BACKWARDS, name + " at " + edge + ": " + value + " after " + before);
        }
    }

    /** Objects that edge-mc never applied there are none of its business. */
    private void deleted(EdgeHistory edge) {
        Set<String> applied = new TreeSet<>();
        for (EdgeRequest request : edge.requests()) {
            switch (request) {
                case Applied apply -> applied.add(apply.key());
                case Deleted delete ->
                    applied.stream()
                            .filter(delete::means)
                            .filter(key -> !mayGo(key))
                            .forEach(key -> fault(Kind.DELETED, key + " at " + edge.edge()));
            }
        }
    }

    private boolean mayGo(String key) {
        return History.isPage(key)
                && history.attempts().stream()
                        .anyMatch(attempt -> attempt.value().isEmpty()
                                && attempt.outcome() != Outcome.REFUSED
                                && key.equals(History.PAGES + attempt.name()));
    }

    private static String resource(String key) {
        return key.substring(0, key.indexOf('/'));
    }
}
