package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;

/** Objects are created in namespaces that are there and stay. Only in views that have namespaces as objects. */
final class NamespaceGate {
    private static final byte[] DELETION = "\"deletionTimestamp\"".getBytes(StandardCharsets.US_ASCII);

    private NamespaceGate() {}

    static void check(KubeStore store, Kinds kinds, Target target) {
        if (!target.kind().namespaced() || kinds.find(KindRules.NAMESPACES) == null) {
            return;
        }
        StoredObject namespace = store.get(KindRules.NAMESPACES, "", target.namespace());
        if (namespace == null) {
            throw ApiError.notFound(KindRules.NAMESPACES, target.namespace());
        }
        if (mayBeDeleting(namespace.body())
                && ObjectMeta.isDeleting(
                        tools.jackson.databind.json.JsonMapper.shared().readTree(namespace.body()))) {
            throw ApiError.terminating(target.kind().ref(), target.name(), target.namespace());
        }
    }

    /** A cheap look before parsing: namespaces are read for every creation. */
    private static boolean mayBeDeleting(byte[] body) {
        outer:
        for (int i = 0; i <= body.length - DELETION.length; i++) {
            for (int j = 0; j < DELETION.length; j++) {
                if (body[i + j] != DELETION[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
