package io.edgemc.syncer.report;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.Origin;
import io.edgemc.syncer.apply.Ownership;
import io.edgemc.syncer.config.SyncerConfig;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Decides what of the objects that the watches see goes up, and in which form. Thread-safe. */
public final class Reporter {
    private final ReportBook book;
    private final EdgeState state;
    private final Ownership ownership;
    private final Supplier<SyncerConfig> config;

    public Reporter(ReportBook book, EdgeState state, Ownership ownership, Supplier<SyncerConfig> config) {
        this.book = book;
        this.state = state;
        this.ownership = ownership;
        this.config = config;
    }

    /** An object is so now. One that cannot be reported is told as an exception, and keeps nobody else from being reported. */
    public void present(ObjectKey key, ObjectNode live) {
        try {
            report(key, live);
        } catch (RuntimeException e) {
            book.refuse(key, e);
        }
    }

    private void report(ObjectKey key, ObjectNode live) {
        boolean upsynced = config.get()
                .upsyncs(
                        GroupResource.of(key),
                        key.namespace(),
                        key.name(),
                        live.path("metadata").path("labels"));
        if (upsynced) {
            book.saw(key, Origin.UPSYNC, ReportedForm.upsynced(live), "");
            return;
        }
        Optional<Held> held = state.find(key).filter(h -> isReported(h, live));
        held.ifPresentOrElse(
                h -> book.saw(key, Origin.DOWNSYNC, ReportedForm.downsynced(live), h.trace()),
                () -> book.gone(key, ""));
    }

    public void gone(ObjectKey key) {
        book.gone(key, state.find(key).map(Held::trace).orElse(""));
    }

    /** The selection of what is upsynced is another one: what it no longer covers is reported no more. */
    public void selectionChanged() {
        SyncerConfig now = config.get();
        book.keys((key, origin) ->
                        origin == Origin.UPSYNC && !now.mayUpsync(GroupResource.of(key), key.namespace(), key.name()))
                .forEach(key -> book.gone(key, ""));
    }

    /** What the hub sent, as far as it is, or was, applied; not an object of others of the same name. */
    private boolean isReported(Held held, ObjectNode live) {
        boolean released = held.wantsDeletion() && held.done();
        return !released && (held.applied() != null || ownership.isOurs(live, held.key()));
    }
}
