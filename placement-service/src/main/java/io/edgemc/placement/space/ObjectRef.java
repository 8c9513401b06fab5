package io.edgemc.placement.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.ObjectWrite;

/**
 * Names one object of one view.
 *
 * @param namespace {@code ""} for cluster-scoped objects
 */
public record ObjectRef(View view, KindRef kind, String namespace, String name) {
    static ObjectRef of(View view, ObjectWrite write) {
        return new ObjectRef(view, write.kind(), write.namespace(), write.name());
    }

    /** The same without the view. */
    public ObjectKey key() {
        return new ObjectKey(kind.group(), kind.resource(), namespace, name);
    }

    /** Whether its body is sealed wherever it rests. */
    public boolean isSecret() {
        return kind.group().isEmpty() && kind.resource().equals("secrets");
    }

    @Override
    public String toString() {
        return kind + (namespace.isEmpty() ? "" : " " + namespace + "/") + (namespace.isEmpty() ? " " : "") + name;
    }
}
