package io.edgemc.mailbox.postbox;

import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.mailbox.enrol.Credentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/**
 * Takes the inventory over: a cluster that is there gets a mailbox, one that is gone loses it with everything in it, its
 * credentials included.
 */
public final class InventoryIntake implements BatchHandler {
    private final Ledger ledger;
    private final Mailboxes mailboxes;
    private final Credentials credentials;
    private final Consumer<List<String>> departing;
    private final Consumer<List<String>> arrived;

    /**
     * @param departing told the uids of clusters that are gone, before anything of them is removed
     * @param arrived told the uids of clusters that have a mailbox, after the commit
     */
    public InventoryIntake(
            Ledger ledger,
            Mailboxes mailboxes,
            Credentials credentials,
            Consumer<List<String>> departing,
            Consumer<List<String>> arrived) {
        this.ledger = ledger;
        this.mailboxes = mailboxes;
        this.credentials = credentials;
        this.departing = departing;
        this.arrived = arrived;
    }

    @Override
    public void handle(Batch batch) {
        Map<String, ClusterRecord> present = new LinkedHashMap<>();
        List<String> gone = new ArrayList<>();
        for (ReceivedEvent event : batch.events()) {
            if (event.event().isTombstone()) {
                present.remove(event.key());
                gone.add(event.key());
                continue;
            }
            try {
                ClusterRecord record = ApiJson.MAPPER.readValue(event.event().requireData(), ClusterRecord.class);
                if (!record.uid().equals(event.key())) {
                    throw new IllegalArgumentException("the key names another cluster than the record");
                }
                gone.remove(event.key());
                present.put(event.key(), record);
            } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
                batch.reject(event, "not a cluster record: " + e.getClass().getSimpleName());
            }
        }
        if (present.isEmpty() && gone.isEmpty()) {
            return;
        }
        departing.accept(gone);
        ledger.run(() -> {
            if (!gone.isEmpty()) {
                credentials.lock(gone);
            }
            mailboxes.remove(gone);
            gone.forEach(credentials::revoke);
            mailboxes.keep(present.values());
        });
        arrived.accept(List.copyOf(present.keySet()));
    }
}
