package io.edgemc.kube.apply;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ScalePaths;
import io.edgemc.kube.kind.ServedVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who owns the number of replicas, seen through the {@code scale} subresource. Whoever writes it there owns it in the object
 * itself, as a manager of the subresource, and without a time; and all fields are in the order of their texts then: so an API
 * server tells it.
 */
public final class ScaleOwners {
    private static final String VERSION = "autoscaling/v1";
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    private static final FieldSet SHOWN = FieldSet.of(List.of("f:spec", "f:replicas"));

    private final Target target;
    private final ManagedFields managed;

    private ScaleOwners(ObjectNode before, Target target) {
        this.target = target;
        this.managed = ManagedFields.of(before);
        managed.removeIf(entry -> served(entry) == null);
    }

    /** What comes of applying a scale: the number, and what writes managedFields. */
    public record Applied(int replicas, FieldManagement.Finish finish) {}

    /** Writes {@code after}'s managedFields when {@code manager} replaced or patched the scale. */
    public static void updated(ObjectNode before, ObjectNode after, Target target, String manager, int was, int is) {
        ScaleOwners owners = new ScaleOwners(before, target);
        boolean tracked = owners.managed.entries().stream().anyMatch(owners::holds);
        if (was != is && tracked) {
            owners.managed.entries().stream().filter(owners::holds).forEach(owners::release);
            if (is != 0) {
                owners.own(manager, Manager.UPDATE);
            }
        }
        owners.split();
        owners.managed.write(after, true);
    }

    /** Applies a scale that was checked. Throws 409 for conflicts. */
    public static Applied apply(
            ObjectNode before, ObjectNode configuration, Target target, String manager, boolean force, int was) {
        ScaleOwners owners = new ScaleOwners(before, target);
        if (was != 0 && owners.managed.entries().stream().noneMatch(owners::holds)) {
            owners.own(BEFORE_FIRST_APPLY, Manager.UPDATE);
        }
        JsonNode wanted = configuration.path("spec").path("replicas");
        Manager who = new Manager(manager, Manager.APPLY, target.apiVersion(), target.subresource());
        ManagedFields.Entry last = owners.managed.find(who);
        boolean shared = owners.managed.entries().stream()
                .anyMatch(entry -> owners.holds(entry) && !entry.manager.isSameAs(who));
        boolean dropped = wanted.isMissingNode() && last != null && !shared;
        int is = wanted.isMissingNode() ? (dropped ? 0 : was) : wanted.asInt(0);
        if (is != was && !dropped) {
            owners.take(who, force);
        }
        if (wanted.isMissingNode()) {
            owners.managed.removeIf(entry -> entry.manager.isSameAs(who));
        } else if (last == null) {
            owners.own(manager, Manager.APPLY);
        }
        owners.split();
        return new Applied(is, object -> owners.managed.write(object, true));
    }

    /**
     * An API server does not find updaters again that owned the number before, and notes them once more beside what else they
     * own.
     */
    private void split() {
        for (ManagedFields.Entry entry : List.copyOf(managed.entries())) {
            if (!entry.manager.applies() && holds(entry)) {
                release(entry);
                managed.entries().add(new ManagedFields.Entry(entry.manager, FieldSet.of(path(served(entry))), ""));
            }
        }
    }

    private void take(Manager who, boolean force) {
        Map<Manager, FieldSet> conflicts = new LinkedHashMap<>();
        for (ManagedFields.Entry entry : managed.entries()) {
            if (holds(entry) && !entry.manager.isSameAs(who)) {
                conflicts.put(shown(entry.manager), SHOWN);
            }
        }
        if (!force) {
            Conflicts.refuse(conflicts, new FieldSet());
        }
        managed.entries().stream()
                .filter(entry -> !entry.manager.isSameAs(who))
                .filter(this::holds)
                .forEach(this::release);
    }

    /** Updaters are told in the version of scales. */
    private static Manager shown(Manager manager) {
        return !manager.applies()
                ? new Manager(manager.name(), manager.operation(), VERSION, manager.subresource())
                : manager;
    }

    private void own(String manager, String operation) {
        Manager who = new Manager(manager, operation, target.apiVersion(), target.subresource());
        managed.put(who, FieldSet.of(path(target.served())), "");
    }

    private boolean holds(ManagedFields.Entry entry) {
        List<String> path = path(served(entry));
        return !path.isEmpty() && entry.fields.has(path);
    }

    private void release(ManagedFields.Entry entry) {
        entry.fields = entry.fields.difference(FieldSet.of(path(served(entry))));
    }

    private static List<String> path(@Nullable ServedVersion version) {
        ScalePaths paths = version == null ? null : version.scale();
        return paths == null
                ? List.of()
                : ScalePaths.members(paths.specReplicas()).stream()
                        .map(FieldPaths::field)
                        .toList();
    }

    private @Nullable ServedVersion served(ManagedFields.Entry entry) {
        String group = target.kind().ref().group();
        String prefix = group.isEmpty() ? "" : group + "/";
        String version = entry.manager.apiVersion();
        return version.startsWith(prefix) ? target.kind().version(version.substring(prefix.length())) : null;
    }
}
