package io.edgemc.gateway.access;

import io.edgemc.door.access.Area;
import io.edgemc.door.access.Decision;
import io.edgemc.door.access.Role;
import io.edgemc.door.access.RoleRules;
import io.edgemc.gateway.access.Verdict.Allowed;
import io.edgemc.gateway.access.Verdict.Forbidden;
import io.edgemc.gateway.access.Verdict.NoSuchSpace;
import io.edgemc.gateway.access.Verdict.NotReady;
import io.edgemc.gateway.identity.Principal;
import io.edgemc.gateway.request.Addressed;
import io.edgemc.gateway.review.AccessReviews;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Decides by the role table over what is known of {@code /system}; knows nothing ⇒ allows nothing. Thread-safe. */
public final class Authorizer {
    private final Supplier<Optional<HubState>> state;
    private final Set<String> adminGroups;

    /**
     * @param state empty until it is known
     * @param adminGroups groups that are platform admins without a grant: somebody must make the first one
     */
    public Authorizer(Supplier<Optional<HubState>> state, Set<String> adminGroups) {
        this.state = state;
        this.adminGroups = Set.copyOf(adminGroups);
    }

    /** Whether somebody may see how the gateway itself is. */
    public boolean administers(Principal principal) {
        return principal.groups().stream().anyMatch(adminGroups::contains)
                || state.get()
                        .filter(hub -> hub.roles(principal, new Area.Platform()).contains(Role.PLATFORM_ADMIN))
                        .isPresent();
    }

    public Verdict decide(Principal principal, Addressed addressed) {
        boolean admin = principal.groups().stream().anyMatch(adminGroups::contains);
        Optional<HubState> known = state.get();
        if (known.isEmpty() && (!admin || addressed.area() instanceof Area.Space)) {
            return new NotReady();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        known.ifPresent(hub -> roles.addAll(hub.roles(principal, addressed.area())));
        if (admin) {
            roles.add(Role.PLATFORM_ADMIN);
        }
        if (addressed.area() instanceof Area.Space space
                && !(known.orElseThrow().hasSpace(space.name()) && RoleRules.sees(roles, space))) {
            return new NoSuchSpace(space.name());
        }
        if (AccessReviews.asked(addressed.action()).isPresent()) {
            // Everybody may ask what they may do; the answer is as true as it is short.
            return new Allowed(roles);
        }
        Decision decision = RoleRules.decide(roles, addressed.area(), addressed.action());
        return decision.allowed() ? new Allowed(roles) : new Forbidden(decision.reason());
    }
}
