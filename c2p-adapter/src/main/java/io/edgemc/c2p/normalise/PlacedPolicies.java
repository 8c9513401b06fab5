package io.edgemc.c2p.normalise;

import java.util.List;
import java.util.Set;

/** The policies that are placed on one cluster; they tell what a result is about where its own words do not. */
public record PlacedPolicies(Set<PolicyName> names) {
    public static final PlacedPolicies NONE = new PlacedPolicies(Set.of());

    private static final String ADMISSION = "ValidatingAdmissionPolicy";
    private static final List<String> GENERATED = List.of("cpol-", "vpol-");

    public PlacedPolicies {
        names = Set.copyOf(names);
    }

    /**
     * The policy that a result is about. An admission policy that was generated from a placed policy counts as that one; a
     * result without source counts for the one placed policy of its name.
     */
    PolicyName resolve(PolicyName reported) {
        if (names.contains(reported)) {
            return reported;
        }
        if (reported.source().equals(ADMISSION)) {
            return origin(reported);
        }
        return reported.source().isEmpty() ? single(reported, reported.namespace(), reported.name()) : reported;
    }

    /** Whether what is placed can change what {@link #resolve} says. */
    static boolean matterFor(PolicyName reported) {
        return reported.source().isEmpty()
                || reported.source().equals(ADMISSION)
                        && GENERATED.stream().anyMatch(prefix -> reported.name().startsWith(prefix));
    }

    private PolicyName origin(PolicyName reported) {
        for (String prefix : GENERATED) {
            String name = reported.name();
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return single(reported, reported.namespace(), name.substring(prefix.length()));
            }
        }
        return reported;
    }

    private PolicyName single(PolicyName otherwise, String namespace, String name) {
        List<PolicyName> found = names.stream()
                .filter(placed ->
                        placed.name().equals(name) && placed.namespace().equals(namespace))
                .toList();
        return found.size() == 1 ? found.getFirst() : otherwise;
    }
}
