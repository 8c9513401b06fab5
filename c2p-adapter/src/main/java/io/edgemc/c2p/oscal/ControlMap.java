package io.edgemc.c2p.oscal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which control is checked by which policies.
 *
 * @param title of the definition
 * @param controls control id to its rules, in order
 */
public record ControlMap(String title, SortedMap<String, List<Rule>> controls) {
    /**
     * A rule of a component.
     *
     * @param checks bare names of policies; empty for a rule that nothing checks
     */
    public record Rule(String id, String description, List<String> checks) {
        public Rule {
            Objects.requireNonNull(description);
            checks = List.copyOf(checks);
        }
    }

    public ControlMap {
        controls = Collections.unmodifiableSortedMap(new TreeMap<>(controls));
    }

    /** The policies of each control, by bare name. */
    public Map<String, SortedSet<String>> checks() {
        SortedMap<String, SortedSet<String>> checks = new TreeMap<>();
        controls.forEach((control, rules) -> {
            SortedSet<String> names = new TreeSet<>();
            rules.forEach(rule -> names.addAll(rule.checks()));
            checks.put(control, names);
        });
        return checks;
    }
}
