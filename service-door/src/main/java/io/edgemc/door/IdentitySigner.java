package io.edgemc.door;

import io.edgemc.door.access.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** Vouches for who asks. The gateway's side. Thread-safe. */
public final class IdentitySigner {
    /** The header that carries an assertion. */
    public static final String HEADER = "X-Edge-Mc-Identity";

    /** Long enough for a request to be routed, short enough to be of no use to a thief. */
    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private final IdentityKeys keys;
    private final Clock clock;

    public IdentitySigner(IdentityKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The value of the header.
     *
     * @param roles effective in the addressed area
     * @param audience name of the service that it is for
     */
    public String sign(String user, Set<String> groups, Set<Role> roles, String requestId, String audience) {
        Instant now = clock.instant();
        String claims = IdentityClaims.of(
                        new Identity(user, groups, roles, requestId, audience, now, now.plus(LIFETIME)))
                .encode();
        byte[] signature = Signature.of(keys.signing(), claims);
        return claims + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
