package io.edgemc.kube.write;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.apply.FieldManagement;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.crd.CrdRules;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import java.time.Clock;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an API server does with a CRD just after it answered who made it: accepts its names and serves its kind, in a change of
 * its own.
 */
final class CrdEstablishment {
    private static final String MANAGER = "kube-apiserver";

    private final KindCatalog catalog;
    private final Commits commits;
    private final Clock clock;

    CrdEstablishment(KindCatalog catalog, Commits commits, Clock clock) {
        this.catalog = catalog;
        this.commits = commits;
        this.clock = clock;
    }

    /** Does nothing if the CRD was changed since: who changed it, did this too. */
    void of(StoredObject crd, Actor actor) {
        ServedKind kind = Objects.requireNonNull(catalog.now().find(CrdKinds.CRDS));
        Target status = new Target(kind, kind.preferred().version(), "", crd.name(), "status");
        ObjectNode before = new WireForm(status).tree(crd);
        String now = ObjectMeta.time(clock.instant());
        ObjectNode after = CrdRules.again(before, catalog.now(), now);
        if (after == null) {
            return;
        }
        before.withObject("/status").putArray("conditions"); // nobody owns the list, only what is in it
        FieldManagement.updated(before, after, status, MANAGER, now);
        try {
            commits.replace(after, crd, actor);
        } catch (StoreException.Stale e) {
            return;
        }
    }
}
