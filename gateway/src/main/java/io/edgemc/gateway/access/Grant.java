package io.edgemc.gateway.access;

import io.edgemc.door.access.Area;
import io.edgemc.door.access.Role;
import io.edgemc.door.access.Role.Scope;
import java.util.Set;

/**
 * An AccessGrant (the domain rules, §14).
 *
 * @param spaces by exact name; only for the roles of spaces
 */
public record Grant(Set<String> users, Set<String> groups, Role role, Set<String> spaces) {
    public Grant {
        users = Set.copyOf(users);
        groups = Set.copyOf(groups);
        spaces = Set.copyOf(spaces);
    }

    /** Whether the role counts in the area. A space role counts elsewhere too: its holder reads the inventory. */
    boolean appliesTo(Area area) {
        return role.scope() == Scope.EVERYWHERE || !(area instanceof Area.Space space) || spaces.contains(space.name());
    }
}
