package io.edgemc.door;

import io.edgemc.api.json.ApiJson;
import io.edgemc.door.access.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** An identity as it travels: JSON with seconds since 1970, in Base64 for URLs. Roles not known here are dropped. */
record IdentityClaims(
        String user, List<String> groups, List<String> roles, String requestId, String aud, long iat, long exp) {

    static IdentityClaims of(Identity identity) {
        return new IdentityClaims(
                identity.user(),
                List.copyOf(new TreeSet<>(identity.groups())),
                identity.roles().stream().sorted().map(Role::text).toList(),
                identity.requestId(),
                identity.audience(),
                identity.issuedAt().getEpochSecond(),
                identity.expiresAt().getEpochSecond());
    }

    String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ApiJson.MAPPER.writeValueAsBytes(this));
    }

    static Identity decode(String encoded) throws IdentityRefusedException {
        try {
            byte[] json = Base64.getUrlDecoder().decode(encoded.getBytes(StandardCharsets.US_ASCII));
            IdentityClaims claims = ApiJson.MAPPER.readValue(json, IdentityClaims.class);
            return new Identity(
                    claims.user,
                    claims.groups.stream().collect(Collectors.toUnmodifiableSet()),
                    claims.roles.stream()
                            .map(Role::of)
                            .flatMap(Optional::stream)
                            .collect(Collectors.toUnmodifiableSet()),
                    claims.requestId,
                    claims.aud,
                    Instant.ofEpochSecond(claims.iat),
                    Instant.ofEpochSecond(claims.exp));
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            // Signed and yet unreadable: a gateway of another version. Members may be absent, hence the null.
            throw new IdentityRefusedException(IdentityRefusedException.Reason.MALFORMED);
        }
    }
}
