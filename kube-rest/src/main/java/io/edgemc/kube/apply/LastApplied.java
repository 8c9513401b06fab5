package io.edgemc.kube.apply;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.schema.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The move from client-side to server-side apply: {@code kubectl} may take over what its own client-side apply set, as its
 * annotation says, as long as nobody changed it since.
 */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String KUBECTL = "kubectl";

    private LastApplied() {}

    static FieldSet upgradable(@Nullable ObjectNode live, Target target, String manager) {
        if (live == null || !manager.equals(KUBECTL)) {
            return new FieldSet();
        }
        String text = live.path("metadata").path("annotations").path(ANNOTATION).asString("");
        if (text.isEmpty()) {
            return new FieldSet();
        }
        try {
            if (JsonMapper.shared().readTree(text) instanceof ObjectNode applied
                    && applied.path("metadata").isObject()) {
                Schema schema = target.served().schema();
                ObjectNode then = FieldManagement.owned(applied);
                Ownership.Comparison since = Ownership.compare(then, FieldManagement.owned(live), schema);
                return Ownership.claimed(then, schema).difference(since.modified());
            }
        } catch (JacksonException e) {
            // Somebody wrote the annotation by hand: then nothing is known to be kubectl's.
        }
        return new FieldSet();
    }
}
