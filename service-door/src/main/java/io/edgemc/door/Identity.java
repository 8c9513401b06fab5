package io.edgemc.door;

import io.edgemc.door.access.Role;
import java.time.Instant;
import java.util.Set;

/**
 * Who asks, as the gateway vouches for it.
 *
 * @param user authenticated name
 * @param groups the user's groups
 * @param roles effective in the addressed area
 * @param requestId id of this request, unique
 * @param audience the service that may believe it
 */
public record Identity(
        String user,
        Set<String> groups,
        Set<Role> roles,
        String requestId,
        String audience,
        Instant issuedAt,
        Instant expiresAt) {

    public Identity {
        if (user.isBlank() || requestId.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("an identity has a user, a request id and an audience");
        }
        if (!expiresAt.isAfter(issuedAt)) {
            throw new IllegalArgumentException("an identity ends after it begins");
        }
        groups = Set.copyOf(groups);
        roles = Set.copyOf(roles);
    }
}
