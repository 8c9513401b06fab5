package io.edgemc.placement.desired;

import io.edgemc.api.json.ApiJson;
import io.edgemc.kube.store.KindRef;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Beginning and end of a space. */
public final class SpaceLife {
    public static final KindRef SPACES = new KindRef("edge-mc.io", "spaces");

    /** Keeps a deleted space until its content is gone. */
    public static final String FINALIZER = "edge-mc.io/space-content";

    private static final KindRef NAMESPACES = new KindRef("", "namespaces");

    private SpaceLife() {}

    /** Every new space has a namespace {@code default}, in the same commit. */
    static void furnish(Draft draft) {
        for (Version version : List.copyOf(draft.versions())) {
            if (version.ref().kind().equals(SPACES) && version.previous() == null && !version.isTombstone()) {
                View space = View.ofSpace(version.ref().name());
                ObjectRef namespace = new ObjectRef(space, NAMESPACES, "", "default");
                ObjectNode object = namespace(version);
                draft.put(namespace, object.at("/metadata/uid").asString(), Bodies.body(object), version.origin());
            }
        }
    }

    private static ObjectNode namespace(Version space) {
        ObjectNode object = ApiJson.MAPPER.createObjectNode();
        object.put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", "default");
        // A function of the space, so that another replica that follows this commit gets the same.
        metadata.put(
                "uid",
                UUID.nameUUIDFromBytes((space.uid() + "/default").getBytes(StandardCharsets.UTF_8))
                        .toString());
        metadata.put(
                "creationTimestamp",
                space.committedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.putObject("labels").put("kubernetes.io/metadata.name", "default");
        object.putObject("spec").putArray("finalizers").add("kubernetes");
        object.putObject("status").put("phase", "Active");
        return object;
    }

    static boolean isDeleted(ObjectNode space) {
        return space.path("metadata").hasNonNull("deletionTimestamp");
    }
}
