package io.edgemc.mailbox.view;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.Origin;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.mailbox.postbox.MailboxHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of a cluster as a view shows it: what it should be, with the status that the edge reported. Values of Secrets are not
 * shown.
 */
final class MergedObject {
    /** Label: {@code pending}, {@code held}, {@code leaving}, {@code upsynced}. */
    static final String STATE = "edge-mc.io/state";

    /** Label: name of the cluster. */
    static final String CLUSTER = "edge-mc.io/cluster";

    private static final List<String> FROM_EDGE =
            List.of("uid", "creationTimestamp", "generation", "deletionTimestamp");
    private static final List<String> VALUES = List.of("data", "stringData");

    private MergedObject() {}

    /** The object, or null if neither side has it. */
    static @Nullable StoredObject of(
            MailboxHead head,
            ViewScope scope,
            ObjectKey key,
            @Nullable ObjectNode desired,
            @Nullable ReportedRow reported,
            long version) {
        ObjectNode seen = reported == null || reported.deleted() ? null : reported.body();
        if (desired == null && seen == null) {
            return null;
        }
        ObjectNode object =
                desired == null ? java.util.Objects.requireNonNull(seen).deepCopy() : desired.deepCopy();
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (desired != null && seen != null) {
            takeOver(seen, object, metadata);
        }
        if (key.group().isEmpty() && key.resource().equals("secrets")) {
            object.remove(VALUES);
        }
        metadata.remove(List.of("managedFields", "resourceVersion"));
        if (!metadata.has("uid")) {
            metadata.put(
                    "uid",
                    UUID.nameUUIDFromBytes((head.clusterUid() + "|" + key.text()).getBytes(StandardCharsets.UTF_8))
                            .toString());
        }
        metadata.put("name", scope.shownName(head, key.name()));
        ObjectNode labels = metadata.withObjectProperty("labels");
        labels.put(STATE, state(desired, seen, reported));
        labels.put(CLUSTER, head.clusterName());
        ObjectBody body = ObjectBody.of(object);
        return new StoredObject(
                new KindRef(key.group(), key.resource()),
                key.namespace(),
                metadata.path("name").asString(""),
                metadata.path("uid").asString(""),
                version,
                ObjectBody.labelsOf(object),
                body.bytes(),
                body.splice());
    }

    private static void takeOver(ObjectNode seen, ObjectNode object, ObjectNode metadata) {
        JsonNode status = seen.get("status");
        if (status != null) {
            object.set("status", status);
        }
        for (String member : FROM_EDGE) {
            JsonNode value = seen.path("metadata").get(member);
            if (value != null) {
                metadata.set(member, value);
            }
        }
    }

    private static String state(
            @Nullable ObjectNode desired, @Nullable ObjectNode seen, @Nullable ReportedRow reported) {
        if (desired != null) {
            return seen == null ? "pending" : "held";
        }
        return reported != null && reported.origin() == Origin.UPSYNC ? "upsynced" : "leaving";
    }
}
