package io.edgemc.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.door.access.Role;
import io.edgemc.gateway.identity.Principal;
import io.edgemc.gateway.request.Addressed;
import io.edgemc.gateway.request.Addresses;
import io.edgemc.gateway.request.RequestPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
    private static final HubState HUB = new HubState(
            Set.of("common", "special"),
            List.of(
                    new Grant(Set.of("eve"), Set.of(), Role.SPACE_EDITOR, Set.of("common")),
                    new Grant(Set.of("vic"), Set.of("readers"), Role.SPACE_VIEWER, Set.of("common", "gone")),
                    new Grant(Set.of("ida"), Set.of(), Role.INFRASTRUCTURE_OWNER, Set.of()),
                    new Grant(Set.of("aud"), Set.of(), Role.AUDITOR, Set.of())));

    private final Authorizer authorizer = new Authorizer(() -> Optional.of(HUB), Set.of("edge-mc:admins"));

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "eve, POST, /spaces/common/api/v1/namespaces/n/configmaps, allowed",
        "eve, POST, /spaces/special/api/v1/namespaces/n/configmaps, hidden",
        "eve, GET, /spaces/special/api, hidden",
        "eve, GET, /spaces/nowhere/api, hidden",
        "eve, GET, /spaces/Common/api, hidden",
        "eve, GET, /spaces/common-/api, hidden",
        "eve, GET, /spaces/common/api, allowed",
        "eve, GET, /spaces/common/api/v1/secrets, allowed",
        "eve, POST, /spaces/common/apis/rbac.authorization.k8s.io/v1/clusterroles, forbidden",
        "eve, GET, /inventory/apis/edge-mc.io/v1alpha1/clusters, allowed",
        "eve, DELETE, /inventory/apis/edge-mc.io/v1alpha1/clusters/florin, forbidden",
        "eve, GET, /system/apis/edge-mc.io/v1alpha1/spaces, forbidden",
        "eve, GET, /clusters/florin/api/v1/configmaps, forbidden",
        "eve, POST, /api/v1/clusters/florin/tokens, forbidden",
        "vic, GET, /spaces/common/api/v1/configmaps, allowed",
        "vic, GET, /spaces/common/api/v1/secrets, forbidden",
        "vic, DELETE, /spaces/common/api/v1/namespaces/n, forbidden",
        "vic, GET, /spaces/gone/api, hidden",
        "ida, POST, /inventory/apis/edge-mc.io/v1alpha1/clusters, allowed",
        "ida, POST, /api/v1/clusters/florin/tokens, allowed",
        "ida, GET, /clusters/florin/api/v1/pods, allowed",
        "ida, DELETE, /clusters/florin/api/v1/pods, forbidden",
        "ida, GET, /spaces/common/api, hidden",
        "aud, GET, /system/apis/edge-mc.io/v1alpha1/accessgrants, allowed",
        "aud, POST, /system/apis/edge-mc.io/v1alpha1/accessgrants, forbidden",
        "nobody, GET, /inventory/api, forbidden",
        "nobody, GET, /spaces/common/api, hidden",
        "nobody, GET, /c2p/v1/results, forbidden",
        "eve, POST, /spaces/common/apis/authorization.k8s.io/v1/selfsubjectaccessreviews, allowed",
        "vic, POST, /spaces/common/apis/authorization.k8s.io/v1/selfsubjectaccessreviews, allowed",
        "nobody, POST, /spaces/common/apis/authorization.k8s.io/v1/selfsubjectaccessreviews, hidden",
    })
    void whoMayWhat(String user, String method, String path, String expected) throws Exception {
        assertThat(text(authorizer.decide(new Principal(user, Set.of()), addressed(method, path))))
                .isEqualTo(expected);
    }

    @Test
    void groupsCount() throws Exception {
        Principal reader = new Principal("somebody", Set.of("readers"));
        assertThat(authorizer.decide(reader, addressed("GET", "/spaces/common/api/v1/configmaps")))
                .isEqualTo(new Verdict.Allowed(Set.of(Role.SPACE_VIEWER)));
    }

    @ParameterizedTest
    @CsvSource({
        "eve, '', /spaces/common/api, not ready",
        "eve, '', /inventory/api, not ready",
        "root, edge-mc:admins, /system/apis/edge-mc.io/v1alpha1/accessgrants, allowed",
        "root, edge-mc:admins, /spaces/common/api, not ready",
    })
    void beforeTheGrantsAreKnownNothingIsAllowedButToMakeThem(String user, String group, String path, String expected)
            throws Exception {
        Authorizer unaware = new Authorizer(Optional::empty, Set.of("edge-mc:admins"));
        Principal principal = new Principal(user, group.isEmpty() ? Set.of() : Set.of(group));
        assertThat(text(unaware.decide(principal, addressed("GET", path)))).isEqualTo(expected);
    }

    private static Addressed addressed(String method, String path) throws Exception {
        return Addresses.find(method, RequestPath.parse(path), false).orElseThrow();
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> "allowed";
            case Verdict.NoSuchSpace missing -> "hidden";
            case Verdict.Forbidden forbidden -> "forbidden";
            case Verdict.NotReady notReady -> "not ready";
        };
    }
}
