package io.edgemc.c2p.fleet;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.total.Edits;
import io.edgemc.c2p.total.Totals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Takes targets from the bus. */
final class TargetIntake implements BatchHandler {
    private final Ledger ledger;
    private final Targets targets;
    private final PolicyMoves moves;
    private final Totals totals;

    TargetIntake(Ledger ledger, Targets targets, PolicyMoves moves, Totals totals) {
        this.ledger = ledger;
        this.targets = targets;
        this.moves = moves;
        this.totals = totals;
    }

    @Override
    public void handle(Batch batch) {
        Map<String, Optional<Target>> latest = new LinkedHashMap<>();
        for (ReceivedEvent event : batch.events()) {
            try {
                Optional<Target> target = event.event().isTombstone()
                        ? Optional.empty()
                        : Optional.of(ApiJson.MAPPER.readValue(event.event().requireData(), Target.class));
                if (target.isPresent() && !target.get().clusterUid().equals(event.key())) {
                    throw new IllegalArgumentException("the key names another cluster than the target");
                }
                latest.put(event.key(), target);
            } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
                batch.reject(event, "not a target: " + e.getClass().getSimpleName());
            }
        }
        if (latest.isEmpty()) {
            return;
        }
        ledger.run(changes -> {
            Edits edits = new Edits();
            latest.forEach((uid, target) -> {
                if (target.isPresent()) {
                    targets.want(uid, target.get().revision(), target.get().state());
                    moves.advance(uid, edits, changes);
                } else {
                    targets.course(uid).ifPresent(course -> {
                        targets.want(uid, Long.MAX_VALUE, TargetState.EMPTY);
                        moves.advance(uid, edits, changes);
                        targets.remove(uid);
                    });
                }
            });
            totals.apply(edits, changes);
        });
    }
}
