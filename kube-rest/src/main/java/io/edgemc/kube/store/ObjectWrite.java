package io.edgemc.kube.store;

import java.util.Map;

/** A change of one object, checked and complete; the store only has to commit it or refuse it as stale. */
public sealed interface ObjectWrite {
    KindRef kind();

    String namespace();

    String name();

    /**
     * Creates an object; refused with {@link StoreException.AlreadyExists} if the name is taken.
     *
     * @param body see {@link StoredObject#body()}
     */
    record Create(
            KindRef kind,
            String namespace,
            String name,
            String uid,
            Map<String, String> labels,
            byte[] body,
            int splice)
            implements ObjectWrite {}

    /**
     * Replaces the version that was read; refused with {@link StoreException.Stale} if another is there now.
     *
     * @param expectedVersion resourceVersion that was read
     */
    record Replace(
            KindRef kind,
            String namespace,
            String name,
            String uid,
            Map<String, String> labels,
            byte[] body,
            int splice,
            long expectedVersion)
            implements ObjectWrite {}

    /** Removes the version that was read, for good; finalizers and propagation are the caller's. */
    record Remove(KindRef kind, String namespace, String name, long expectedVersion) implements ObjectWrite {}
}
