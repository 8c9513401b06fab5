package io.edgemc.gateway.access;

import io.edgemc.door.access.Area;
import io.edgemc.door.access.Role;
import io.edgemc.gateway.identity.Principal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the gateway knows of {@code /system}: which spaces there are, and who was granted what. Immutable. */
public final class HubState {
    private final Set<String> spaces;
    private final Map<String, List<Grant>> byUser = new HashMap<>();
    private final Map<String, List<Grant>> byGroup = new HashMap<>();

    public HubState(Set<String> spaces, Iterable<Grant> grants) {
        this.spaces = Set.copyOf(spaces);
        for (Grant grant : grants) {
            grant.users().forEach(user -> index(byUser, user, grant));
            grant.groups().forEach(group -> index(byGroup, group, grant));
        }
    }

    private static void index(Map<String, List<Grant>> index, String subject, Grant grant) {
        index.computeIfAbsent(subject, s -> new ArrayList<>()).add(grant);
    }

    boolean hasSpace(String name) {
        return spaces.contains(name);
    }

    /** The roles that count in the area. */
    Set<Role> roles(Principal principal, Area area) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        collect(byUser.get(principal.name()), area, roles);
        for (String group : principal.groups()) {
            collect(byGroup.get(group), area, roles);
        }
        return roles;
    }

    private static void collect(@org.jspecify.annotations.Nullable List<Grant> grants, Area area, Set<Role> roles) {
        if (grants != null) {
            for (Grant grant : grants) {
                if (grant.appliesTo(area)) {
                    roles.add(grant.role());
                }
            }
        }
    }
}
