package io.edgemc.mailbox.content;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.mailbox.postbox.Ledger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes contents over as they come, sealed ones sealed. */
public final class ContentIntake implements BatchHandler {
    private static final Map<String, ContentKind> KINDS =
            Arrays.stream(ContentKind.values()).collect(Collectors.toMap(EventTypes::content, Function.identity()));

    private final Ledger ledger;
    private final ContentStore contents;
    private final SeenKinds kinds;
    private final Consumer<Set<Digest>> arrived;

    /** @param arrived told the digests that are here now, after the commit */
    public ContentIntake(Ledger ledger, ContentStore contents, SeenKinds kinds, Consumer<Set<Digest>> arrived) {
        this.ledger = ledger;
        this.contents = contents;
        this.kinds = kinds;
        this.arrived = arrived;
    }

    @Override
    public void handle(Batch batch) {
        Map<Digest, Content> fresh = new LinkedHashMap<>();
        Set<Digest> doomed = new LinkedHashSet<>();
        for (ReceivedEvent event : batch.events()) {
            try {
                Digest digest = Digest.parse(event.key());
                if (event.event().isTombstone()) {
                    fresh.remove(digest);
                    doomed.add(digest);
                } else {
                    fresh.put(digest, content(digest, event.event()));
                    doomed.remove(digest);
                }
            } catch (IllegalArgumentException e) {
                batch.reject(event, "not a content: " + e.getMessage());
            }
        }
        if (fresh.isEmpty() && doomed.isEmpty()) {
            return;
        }
        ledger.run(() -> {
            contents.keep(fresh.values());
            contents.doom(doomed);
            kinds.sawContents(fresh.values());
        });
        contents.remember(fresh.values());
        arrived.accept(fresh.keySet());
    }

    private static Content content(Digest digest, BusEvent event) {
        ContentKind kind = KINDS.get(event.type());
        if (kind == null) {
            throw new IllegalArgumentException("unknown type " + event.type());
        }
        String keyId = event.extensions().get(KEY_ID);
        byte[] bytes = event.requireData();
        if (keyId == null && !Digest.sha256(bytes).equals(digest)) {
            throw new IllegalArgumentException("the data does not have the digest that it is filed under");
        }
        return new Content(digest, kind, bytes, keyId);
    }

    /** CloudEvents extension that names the key of sealed data. */
    public static final String KEY_ID = "edgemckeyid";
}
