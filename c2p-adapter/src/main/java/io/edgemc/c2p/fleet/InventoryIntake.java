package io.edgemc.c2p.fleet;

import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.c2p.cluster.Clusters;
import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Changes;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.ledger.ServedObjects;
import io.edgemc.c2p.report.Servings;
import io.edgemc.c2p.total.Edits;
import io.edgemc.c2p.total.Totals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Takes the inventory from the bus: names of clusters, and clusters that are gone. */
final class InventoryIntake implements BatchHandler {
    private final Ledger ledger;
    private final Clusters clusters;
    private final Servings servings;
    private final PolicyMoves moves;
    private final Totals totals;
    private final ServedObjects served;

    InventoryIntake(
            Ledger ledger,
            Clusters clusters,
            Servings servings,
            PolicyMoves moves,
            Totals totals,
            ServedObjects served) {
        this.ledger = ledger;
        this.clusters = clusters;
        this.servings = servings;
        this.moves = moves;
        this.totals = totals;
        this.served = served;
    }

    @Override
    public void handle(Batch batch) {
        Map<String, Optional<ClusterRecord>> latest = new LinkedHashMap<>();
        for (ReceivedEvent event : batch.events()) {
            try {
                Optional<ClusterRecord> record = event.event().isTombstone()
                        ? Optional.empty()
                        : Optional.of(ApiJson.MAPPER.readValue(event.event().requireData(), ClusterRecord.class));
                if (record.isPresent() && !record.get().uid().equals(event.key())) {
                    throw new IllegalArgumentException("the key names another cluster than the record");
                }
                latest.put(event.key(), record);
            } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
                batch.reject(event, "not a cluster: " + e.getClass().getSimpleName());
            }
        }
        if (latest.isEmpty()) {
            return;
        }
        ledger.run(changes -> {
            Edits edits = new Edits();
            latest.forEach((uid, record) -> {
                KnownCluster cluster = clusters.get(uid);
                if (record.isEmpty()) {
                    prepareRemoval(cluster, edits, changes);
                } else if (cluster.name() == null) {
                    arrive(cluster.named(record.get().name()), edits, changes);
                }
            });
            totals.apply(edits, changes);
            latest.forEach((uid, record) -> {
                if (record.isEmpty()) {
                    clusters.remove(uid);
                }
            });
        });
    }

    private void arrive(KnownCluster cluster, Edits edits, Changes changes) {
        clusters.write(cluster);
        edits.announce(cluster.uid());
        moves.serveAll(cluster, changes);
        servings.again(cluster, false, edits, changes);
    }

    private void prepareRemoval(KnownCluster cluster, Edits edits, Changes changes) {
        edits.gone(cluster.uid());
        String name = cluster.name();
        if (name != null) {
            served.of(cluster.uid()).forEach(changes::withdraw);
            String successor = clusters.other(name, cluster.uid());
            if (successor != null) {
                edits.announce(successor);
            }
        }
        moves.removeCluster(cluster, changes);
        servings.removeCluster(cluster, changes);
    }
}
