package io.edgemc.syncer.session;

import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.hub.HubClient;
import io.edgemc.syncer.hub.MailboxSink;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One delivery: contents go to disk as they come, entries are kept aside and count only when the delivery is whole. Not
 * thread-safe.
 */
final class Delivery implements MailboxSink {
    private static final int CONTENTS_AT_ONCE = 500;
    private static final String SNAPSHOT = "snapshot";

    private final EdgeState state;
    private final List<ManifestEntry> entries = new ArrayList<>();
    private final List<ObjectKey> forgotten = new ArrayList<>();
    private final Map<Digest, Boolean> missing = new HashMap<>();
    private MailboxLine.@Nullable Head head;

    Delivery(EdgeState state) {
        this.state = state;
    }

    /**
     * What a delivery changed.
     *
     * @param changed objects to work on
     * @param released objects that are no longer known
     */
    record Changes(Set<ObjectKey> changed, Set<ObjectKey> released) {}

    @Override
    public void head(MailboxLine.Head line) {
        head = line;
    }

    @Override
    public void entry(MailboxLine line) throws IOException {
        switch (line) {
            case MailboxLine.Apply apply -> apply(apply);
            case MailboxLine.Delete delete ->
                entries.add(ManifestEntry.delete(delete.key(), delete.flags(), delete.decision()));
            case MailboxLine.Forget forget -> forgotten.add(forget.key());
            case MailboxLine.Head h -> throw new IOException("a delivery has two heads");
            case MailboxLine.End e -> throw new IOException("a delivery has two ends");
        }
    }

    private void apply(MailboxLine.Apply line) throws IOException {
        boolean secret = isSecret(line.key());
        ObjectNode object = line.object();
        if (object != null) {
            store(state, line.content(), object, secret);
        } else if (!state.contents().has(line.content())) {
            missing.put(line.content(), secret);
        }
        entries.add(ManifestEntry.apply(line.key(), line.content(), line.flags(), line.decision()));
    }

    /** Takes the whole delivery over: fetches what is missing, notes what changed, and the target last. */
    Changes accept(HubClient hub) throws IOException {
        MailboxLine.Head target = Objects.requireNonNull(head, "a delivery has a head");
        fetchMissing(hub);
        Set<ObjectKey> changed = new HashSet<>();
        Set<ObjectKey> released = new HashSet<>();
        Set<ObjectKey> named = new HashSet<>();
        for (ManifestEntry entry : entries) {
            named.add(entry.key());
            if (put(entry, target.traceparent())) {
                changed.add(entry.key());
            }
        }
        if (target.mode().equals(SNAPSHOT)) {
            state.all().stream()
                    .map(Held::key)
                    .filter(key -> !named.contains(key))
                    .forEach(forgotten::add);
        }
        for (ObjectKey key : forgotten) {
            if (forget(key)) {
                released.add(key);
            }
        }
        state.accept(new EdgeState.Accepted(
                target.revision(),
                target.state().text(),
                target.traceparent(),
                state.hub().epoch()));
        return new Changes(changed, released);
    }

    private boolean put(ManifestEntry entry, String trace) throws IOException {
        Optional<Held> before = state.find(entry.key());
        if (before.isPresent() && entry.equals(before.get().entry())) {
            return false;
        }
        state.put(before.map(held -> held.asking(entry, trace)).orElseGet(() -> Held.of(entry, trace)));
        return true;
    }

    /** True if nothing of it is known any more; else it is still at the edge, and unclaimed. */
    private boolean forget(ObjectKey key) throws IOException {
        Optional<Held> before = state.find(key);
        if (before.isEmpty() || before.get().isUnclaimed()) {
            return false;
        }
        Held held = before.get();
        if (held.applied() != null && !held.applied().fields().isEmpty()) {
            state.put(held.unclaimed(Instant.now().toString()));
            return false;
        }
        state.remove(key);
        return true;
    }

    private void fetchMissing(HubClient hub) throws IOException {
        List<Digest> digests = List.copyOf(missing.keySet());
        for (int from = 0; from < digests.size(); from += CONTENTS_AT_ONCE) {
            List<Digest> some = digests.subList(from, Math.min(digests.size(), from + CONTENTS_AT_ONCE));
            try {
                hub.content(some, line -> {
                    try {
                        store(state, line.digest(), line.object(), missing.getOrDefault(line.digest(), true));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        }
    }

    /** Puts a content on disk if it is what its digest says; digests of Secrets are keyed, and only the hub can check them. */
    static void store(EdgeState state, Digest digest, ObjectNode object, boolean secret) throws IOException {
        if (!secret && !Digest.sha256(CanonicalJson.bytes(object)).equals(digest)) {
            throw new IOException("a content is not what its digest " + digest + " says");
        }
        state.contents().put(digest, object, secret);
    }

    static boolean isSecret(ObjectKey key) {
        return key.group().isEmpty() && key.resource().equals("secrets");
    }
}
