package io.edgemc.door.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Action.OnResource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the domain rules, §14: role × area × what is done. */
class RoleRulesTest {

    /**
     * Per role and area, what is allowed: r reads, s reads Secrets, w writes, b writes RBAC objects, d deletes a
     * collection, p writes a path of the officer's; - is nothing.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // role               , system, inventory, space , clusters, c2p   , summaries, export, enrolment, api
        "platform-admin       , rswbdp, rswbdp   , rswbdp, rswbdp  , rswbdp, rswbdp   , rswbdp, rswbdp   , rswbdp",
        "infrastructure-owner , -     , rswbdp   , -     , r       , -     , -        , -     , rswbdp   , -",
        "space-admin          , -     , rs       , rswbdp, -       , -     , -        , -     , -        , -",
        "space-editor         , -     , rs       , rswdp , -       , -     , -        , -     , -        , -",
        "space-viewer         , -     , rs       , r     , -       , -     , -        , -     , -        , -",
        "compliance-reader    , -     , rs       , -     , -       , rs    , -        , -     , -        , -",
        "compliance-officer   , -     , rs       , -     , -       , rsp   , -        , -     , -        , -",
        "summary-reader       , -     , rs       , -     , -       , -     , rs       , -     , -        , -",
        "auditor              , r     , r        , r     , r       , r     , r        , r     , r        , r",
    })
    void theTable(
            String role,
            String system,
            String inventory,
            String space,
            String clusters,
            String compliance,
            String summaries,
            String export,
            String enrolment,
            String api) {
        Role granted = Role.of(role).orElseThrow();
        assertThat(List.of(
                        allowed(granted, new Area.Platform()),
                        allowed(granted, new Area.Inventory()),
                        allowed(granted, new Area.Space("a")),
                        allowed(granted, new Area.Clusters()),
                        allowed(granted, new Area.Compliance()),
                        allowed(granted, new Area.Summaries()),
                        allowed(granted, new Area.Export("e")),
                        allowed(granted, new Area.Enrolment()),
                        allowed(granted, new Area.Api())))
                .containsExactly(system, inventory, space, clusters, compliance, summaries, export, enrolment, api);
    }

    private static String allowed(Role role, Area area) {
        String all = (reads(role, area, "configmaps") ? "r" : "")
                + (reads(role, area, "secrets") ? "s" : "")
                + (may(role, area, on("create", "apps", "deployments")) ? "w" : "")
                + (may(role, area, on("update", "rbac.authorization.k8s.io", "clusterroles")) ? "b" : "")
                + (may(role, area, on("deletecollection", "", "configmaps")) ? "d" : "")
                + (may(role, area, new OnPath("create", "/v1/exceptions")) ? "p" : "");
        return all.isEmpty() ? "-" : all;
    }

    private static boolean reads(Role role, Area area, String resource) {
        List<Boolean> each = List.of("get", "list", "watch").stream()
                .map(verb -> may(role, area, on(verb, "", resource)))
                .distinct()
                .toList();
        assertThat(each).as("get, list and watch go together").hasSize(1);
        return each.getFirst();
    }

    private static OnResource on(String verb, String group, String resource) {
        return new OnResource(verb, group, resource, null, null, null);
    }

    private static boolean may(Role role, Area area, Action action) {
        return RoleRules.decide(Set.of(role), area, action).allowed();
    }

    @Test
    void nobodyWithoutARoleMayAnything() {
        assertThat(RoleRules.decide(Set.of(), new Area.Inventory(), on("get", "edge-mc.io", "clusters"))
                        .allowed())
                .isFalse();
        assertThat(RoleRules.sees(Set.of(), new Area.Space("a"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "space-viewer, get, *, *, false",
        "space-viewer, list, '', *, false",
        "space-viewer, list, apps, *, true",
        "space-viewer, get, '', secrets, false",
        "space-viewer, get, example.io, secrets, true",
        "space-viewer, *, apps, deployments, false",
        "space-editor, *, '*', '*', false",
        "space-editor, create, '', secrets, true",
        "space-admin, *, '*', '*', true",
        "auditor, impersonate, '', users, false",
        "platform-admin, impersonate, '', users, true",
    })
    void wildcardsAskForAll(String role, String verb, String group, String resource, boolean expected) {
        boolean allowed = may(Role.of(role).orElseThrow(), new Area.Space("a"), on(verb, group, resource));
        assertThat(allowed).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/exceptions, true",
        "/v1/component-definitions/nist, true",
        "/v1/subscriptions, true",
        "/v1/exceptions-of-others, false",
        "/v1/policysets, false",
    })
    void whatAComplianceOfficerWrites(String path, boolean expected) {
        assertThat(may(Role.COMPLIANCE_OFFICER, new Area.Compliance(), new OnPath("create", path)))
                .isEqualTo(expected);
    }

    @Test
    void theReasonNamesTheRole() {
        Decision decision =
                RoleRules.decide(Set.of(Role.SPACE_VIEWER), new Area.Space("a"), on("get", "", "configmaps"));
        assertThat(decision.reason()).isEqualTo("by role space-viewer");
    }
}
