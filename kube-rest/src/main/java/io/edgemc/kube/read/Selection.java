package io.edgemc.kube.read;

import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** Which objects of a collection a list, watch or deletecollection is about. */
public record Selection(Target target, LabelSelector labels, FieldSelector fields) {
    public static Selection of(KubeRequest request, Target target) {
        return new Selection(
                target,
                LabelSelector.parse(request.parameter("labelSelector")),
                FieldSelector.parse(request.parameter("fieldSelector"), target));
    }

    public boolean everything() {
        return labels.isAll() && fields.isAll();
    }

    /** Whether an object is of the kind, in the namespace, and selected. False for null. */
    public boolean holds(@Nullable StoredObject object) {
        return object != null
                && object.kind().equals(target.kind().rests())
                && (target.namespace().isEmpty() || target.namespace().equals(object.namespace()))
                && labels.matches(object.labels())
                && fields.matches(object);
    }
}
