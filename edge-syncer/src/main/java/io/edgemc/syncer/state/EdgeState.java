package io.edgemc.syncer.state;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that the syncer knows about its target, in memory and on disk. Every change is in the journal when the method returns, so
 * that a killed process goes on where it was. Thread-safe.
 */
public final class EdgeState implements Closeable {
    /**
     * The target that was accepted last.
     *
     * @param state text form, {@code ""} before the first
     * @param hubEpoch life of the hub's database that it came from, {@code ""} if unknown
     */
    public record Accepted(long revision, String state, String trace, String hubEpoch) {
        static final Accepted NOTHING = new Accepted(0, "", "", "");
    }

    /**
     * The hub as it was known last, so that one that was restored from an older copy is noticed, also after a restart of ours.
     *
     * @param epoch life of its database, {@code ""} before the first session
     * @param session epoch of the last session
     */
    public record KnownHub(String epoch, long session) {
        static final KnownHub NONE = new KnownHub("", 0);
    }

    private final Map<ObjectKey, Held> held = new ConcurrentHashMap<>();
    private final ContentStore contents;
    private final Journal journal;
    private final Set<Digest> garbage = new HashSet<>();
    private volatile Accepted accepted = Accepted.NOTHING;
    private volatile KnownHub hub = KnownHub.NONE;

    private EdgeState(Path folder, ContentStore contents) throws IOException {
        this.contents = contents;
        this.journal = Journal.open(folder, this::replay);
    }

    public static EdgeState open(Path folder, ContentStore contents) throws IOException {
        EdgeState state = new EdgeState(folder, contents);
        contents.retain(state.used());
        return state;
    }

    public ContentStore contents() {
        return contents;
    }

    public Accepted accepted() {
        return accepted;
    }

    public KnownHub hub() {
        return hub;
    }

    /** A session was opened; durable when this returns. */
    public synchronized void opened(KnownHub with) throws IOException {
        hub = with;
        journal.append(line("hub", write(with)));
        journal.force();
    }

    public Optional<Held> find(ObjectKey key) {
        return Optional.ofNullable(held.get(key));
    }

    /** All objects, as they are now; weakly consistent while others change them. */
    public Collection<Held> all() {
        return held.values();
    }

    public boolean isHeld(ObjectKey key) {
        return held.containsKey(key);
    }

    /** Puts objects as the hub names them. */
    public synchronized void put(Held changed) throws IOException {
        Held before = held.put(changed.key(), changed);
        if (!changed.equals(before)) {
            journal.append(line("held", HeldJson.write(changed)));
            discard(before, changed);
        }
    }

    /**
     * Changes an object if its entry is still the one that the caller worked on.
     *
     * @return what is held now; empty if the hub asks for something else meanwhile
     */
    public synchronized Optional<Held> update(Held workedOn, UnaryOperator<Held> change) throws IOException {
        Held now = held.get(workedOn.key());
        if (now == null || !java.util.Objects.equals(now.entry(), workedOn.entry())) {
            return Optional.empty();
        }
        Held changed = change.apply(now);
        put(changed);
        return Optional.of(changed);
    }

    public synchronized void remove(ObjectKey key) throws IOException {
        Held before = held.remove(key);
        if (before != null) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("key", key.text());
            journal.append(line("gone", json));
            discard(before, null);
        }
    }

    /** The whole delivery was put. Comes last, so that one that was cut off is delivered again. */
    public synchronized void accept(Accepted target) throws IOException {
        accepted = target;
        journal.append(line("target", write(target)));
    }

    /** Makes all changes durable, and bounds the files. */
    public synchronized void checkpoint() throws IOException {
        if (journal.wantsCompaction()) {
            compact();
        } else {
            journal.force();
        }
        if (garbage.size() > 64) {
            Set<Digest> used = used();
            for (Digest digest : garbage) {
                if (!used.contains(digest)) {
                    contents.drop(digest);
                }
            }
            garbage.clear();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }

    private void compact() throws IOException {
        List<JsonNode> all = new ArrayList<>(held.size() + 2);
        all.add(line("hub", write(hub)));
        held.values().forEach(h -> all.add(line("held", HeldJson.write(h))));
        all.add(line("target", write(accepted)));
        journal.compact(all);
    }

    private void discard(@Nullable Held before, @Nullable Held after) {
        Digest old = before == null ? null : before.content();
        if (old != null && (after == null || !old.equals(after.content()))) {
            garbage.add(old);
        }
    }

    private Set<Digest> used() {
        Set<Digest> used = new HashSet<>();
        for (Held h : held.values()) {
            Digest content = h.content();
            if (content != null) {
                used.add(content);
            }
        }
        return used;
    }

    private void replay(JsonNode line) {
        JsonNode value = line.path("v");
        switch (line.path("t").asString()) {
            case "held" -> {
                Held h = HeldJson.read(value);
                held.put(h.key(), h);
            }
            case "gone" -> held.remove(ObjectKey.parse(value.path("key").asString()));
            case "target" ->
                accepted = new Accepted(
                        value.path("revision").asLong(),
                        value.path("state").asString(),
                        value.path("trace").asString(),
                        value.path("hubEpoch").asString(""));
            case "hub" ->
                hub = new KnownHub(
                        value.path("epoch").asString(), value.path("session").asLong());
            default ->
                throw new UncheckedIOException(
                        new IOException("the state folder was written by a newer version of the syncer"));
        }
    }

    private static ObjectNode write(Accepted target) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("revision", target.revision());
        json.put("state", target.state());
        json.put("trace", target.trace());
        json.put("hubEpoch", target.hubEpoch());
        return json;
    }

    private static ObjectNode write(KnownHub known) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("epoch", known.epoch());
        json.put("session", known.session());
        return json;
    }

    private static ObjectNode line(String type, ObjectNode value) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("t", type);
        line.set("v", value);
        return line;
    }
}
