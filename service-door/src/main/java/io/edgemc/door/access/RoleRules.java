package io.edgemc.door.access;

import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Action.OnResource;
import io.edgemc.door.access.Area.Api;
import io.edgemc.door.access.Area.Clusters;
import io.edgemc.door.access.Area.Compliance;
import io.edgemc.door.access.Area.Enrolment;
import io.edgemc.door.access.Area.Export;
import io.edgemc.door.access.Area.Inventory;
import io.edgemc.door.access.Area.Platform;
import io.edgemc.door.access.Area.Space;
import io.edgemc.door.access.Area.Summaries;
import java.util.Collection;
import java.util.List;

/**
 * Who may do what (the domain rules, §14), as a pure table. The roles given are those that are effective in the area:
 * a space role counts only for the spaces that its grant names. What no line allows is denied.
 */
public final class RoleRules {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final List<String> OFFICER_WRITES =
            List.of("/v1/exceptions", "/v1/component-definitions", "/v1/subscriptions");

    private RoleRules() {}

    /** Decides; the reason names the role that allows. */
    public static Decision decide(Collection<Role> roles, Area area, Action action) {
        return roles.stream()
                .sorted()
                .filter(role -> allows(role, area, action))
                .findFirst()
                .map(Decision::allowed)
                .orElseGet(Decision::denied);
    }

    /** Whether the area exists for somebody with these roles: whether anything at all can be read in it. */
    public static boolean sees(Collection<Role> roles, Area area) {
        return decide(roles, area, new OnPath("get", "")).allowed();
    }

    private static boolean allows(Role role, Area area, Action action) {
        return switch (role) {
            case PLATFORM_ADMIN -> true;
            case AUDITOR -> readsNoSecrets(action);
            case INFRASTRUCTURE_OWNER ->
                switch (area) {
                    case Inventory a -> true;
                    case Enrolment a -> true;
                    case Clusters a -> readsNoSecrets(action);
                    case Platform a -> false;
                    case Space a -> false;
                    case Compliance a -> false;
                    case Summaries a -> false;
                    case Export a -> false;
                    case Api a -> false;
                };
            case SPACE_ADMIN -> area instanceof Space || readsInventory(area, action);
            case SPACE_EDITOR -> area instanceof Space && edits(action) || readsInventory(area, action);
            case SPACE_VIEWER -> area instanceof Space && readsNoSecrets(action) || readsInventory(area, action);
            case COMPLIANCE_READER -> area instanceof Compliance && action.reads() || readsInventory(area, action);
            case COMPLIANCE_OFFICER ->
                area instanceof Compliance && (action.reads() || officerWrites(action)) || readsInventory(area, action);
            case SUMMARY_READER -> area instanceof Summaries && action.reads() || readsInventory(area, action);
        };
    }

    /** The inventory is read by everybody who has a role, and written by its owners. */
    private static boolean readsInventory(Area area, Action action) {
        return area instanceof Inventory && action.reads();
    }

    private static boolean readsNoSecrets(Action action) {
        return switch (action) {
            case OnResource on -> on.reads() && !on.touchesSecrets();
            case OnPath on -> on.reads();
        };
    }

    /** As Kubernetes' own {@code edit}: not who may do what at the edge, that is for admins. */
    private static boolean edits(Action action) {
        return switch (action) {
            case OnResource on -> on.reads() || !on.group().equals(RBAC) && !isWildcard(on);
            case OnPath on -> true;
        };
    }

    private static boolean isWildcard(OnResource on) {
        return on.verb().equals("*") && (on.group().equals("*") || on.resource().equals("*"))
                || on.group().equals("*");
    }

    private static boolean officerWrites(Action action) {
        return switch (action) {
            case OnResource on -> false;
            case OnPath on ->
                OFFICER_WRITES.stream()
                        .anyMatch(path -> on.path().equals(path) || on.path().startsWith(path + "/"));
        };
    }
}
