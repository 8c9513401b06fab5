package io.edgemc.gateway.identity;

import java.util.Set;

/** Who asks. */
public record Principal(String name, Set<String> groups) {
    public Principal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a principal has a name");
        }
        groups = Set.copyOf(groups);
    }
}
