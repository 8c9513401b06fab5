package io.edgemc.gateway.follow;

import io.edgemc.door.access.Role;
import io.edgemc.gateway.access.Grant;
import io.edgemc.gateway.access.HubState;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads Spaces and AccessGrants. What is not understood grants nothing. */
final class SystemObjects {
    private static final Logger log = LoggerFactory.getLogger(SystemObjects.class);

    private SystemObjects() {}

    static HubState state(Collection<JsonNode> spaces, Collection<JsonNode> accessGrants) {
        Set<String> names = spaces.stream()
                .map(space -> space.path("metadata").path("name").asString(""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        List<Grant> grants = accessGrants.stream()
                .map(SystemObjects::grant)
                .flatMap(Optional::stream)
                .toList();
        return new HubState(names, grants);
    }

    private static Optional<Grant> grant(JsonNode object) {
        String name = object.path("metadata").path("name").asString("");
        JsonNode spec = object.path("spec");
        Optional<Role> role = Role.of(spec.path("role").asString(""));
        if (role.isEmpty()) {
            log.warn("AccessGrant {} has a role that this gateway does not know; it grants nothing", name);
            return Optional.empty();
        }
        Set<String> users = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (JsonNode subject : spec.path("subjects")) {
            text(subject, "user").ifPresent(users::add);
            text(subject, "group").ifPresent(groups::add);
        }
        Set<String> spaces = new HashSet<>();
        for (JsonNode space : spec.path("spaces")) {
            if (space.isString()) {
                spaces.add(space.asString());
            }
        }
        return Optional.of(new Grant(users, groups, role.get(), spaces));
    }

    private static Optional<String> text(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return value.isString() && !value.asString().isBlank() ? Optional.of(value.asString()) : Optional.empty();
    }
}
