package io.edgemc.placement.desired;

import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.Change;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions as the resolver wants them. */
final class VersionChanges {
    private VersionChanges() {}

    /** What of a commit matters to placement: not the system's own objects, not what changed in status alone. */
    static List<Change> of(List<Version> versions) {
        List<Change> changes = new ArrayList<>();
        for (Version version : versions) {
            Change change =
                    version.isTombstone() || version.contentPosition() == version.position() ? of(version) : null;
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Also for a version whose last change was in status. */
    static @Nullable Change of(Version version) {
        ObjectRef ref = version.ref();
        String space = ref.view().space();
        if (space != null) {
            return ofSpace(space, version);
        }
        return ref.kind().equals(ClusterObjects.CLUSTERS) ? ofCluster(version) : null;
    }

    private static Change ofSpace(String space, Version version) {
        Version.Body body = version.body();
        if (body == null) {
            return new Change.ObjectDeleted(space, version.ref().key(), cause(version, "delete"));
        }
        return new Change.ObjectWritten(
                space,
                version.ref().key(),
                version.uid(),
                version.contentPosition(),
                () -> Bodies.parse(body.bytes()),
                cause(version, version.previous() == null ? "create" : "update"));
    }

    private static Change ofCluster(Version version) {
        Version.Body body = version.body();
        if (body == null) {
            return new Change.ClusterGone(version.uid(), cause(version, "delete"));
        }
        return new Change.ClusterWritten(
                ClusterObjects.facts(version.uid(), version.ref().name(), Bodies.parse(body.bytes())),
                cause(version, version.previous() == null ? "create" : "update"));
    }

    private static Cause cause(Version version, String verb) {
        ObjectRef ref = version.ref();
        String place = ref.view().isSpace() ? ref.view().space() + "/" : "";
        String what = verb + " " + ref.kind() + "/" + place + (ref.namespace().isEmpty() ? "" : ref.namespace() + "/")
                + ref.name();
        String traceparent = version.origin().traceparent();
        return new Cause(
                version.origin().actor(),
                what,
                version.committedAt(),
                version.origin().requestId(),
                traceparent.isEmpty() ? null : traceparent);
    }
}
