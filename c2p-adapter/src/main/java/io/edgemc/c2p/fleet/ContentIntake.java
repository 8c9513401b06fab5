package io.edgemc.c2p.fleet;

import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.placed.Contents;
import io.edgemc.c2p.placed.Contents.Kept;
import io.edgemc.c2p.placed.PolicyContent;
import io.edgemc.c2p.total.Edits;
import io.edgemc.c2p.total.Totals;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes nodes of manifests and policies from the bus, and lets go on who waited for them. Nothing else is kept. */
final class ContentIntake implements BatchHandler {
    private final Ledger ledger;
    private final Contents contents;
    private final Targets targets;
    private final PolicyMoves moves;
    private final Totals totals;

    ContentIntake(Ledger ledger, Contents contents, Targets targets, PolicyMoves moves, Totals totals) {
        this.ledger = ledger;
        this.contents = contents;
        this.targets = targets;
        this.moves = moves;
        this.totals = totals;
    }

    @Override
    public void handle(Batch batch) {
        Map<Digest, Kept> fresh = new LinkedHashMap<>();
        Set<Digest> gone = new LinkedHashSet<>();
        for (ReceivedEvent event : batch.events()) {
            try {
                Digest digest = Digest.parse(event.key());
                if (event.event().isTombstone()) {
                    fresh.remove(digest);
                    gone.add(digest);
                    continue;
                }
                Kept kept = kept(digest, event.event());
                if (kept != null) {
                    fresh.put(digest, kept);
                    gone.remove(digest);
                }
            } catch (IllegalArgumentException e) {
                batch.reject(event, "not a content: " + e.getClass().getSimpleName());
            }
        }
        if (fresh.isEmpty() && gone.isEmpty()) {
            return;
        }
        ledger.run(changes -> {
            Edits edits = new Edits();
            contents.keep(fresh.values());
            contents.forget(gone);
            targets.waitingFor(fresh.keySet()).forEach(uid -> moves.advance(uid, edits, changes));
            totals.apply(edits, changes);
        });
    }

    private static @Nullable Kept kept(Digest digest, BusEvent event) {
        // Sealed content is a Secret's, and no policy.
        if (!BusEvent.JSON.equals(event.contentType())) {
            return null;
        }
        boolean node = event.type().equals(EventTypes.content(ContentKind.NODE));
        byte[] bytes = event.requireData();
        if (!node && !(event.type().equals(EventTypes.content(ContentKind.OBJECT)) && PolicyContent.isPolicy(bytes))) {
            return null;
        }
        if (!Digest.sha256(bytes).equals(digest)) {
            throw new IllegalArgumentException("the data does not have the digest that it is filed under");
        }
        return new Kept(digest, node, bytes);
    }
}
