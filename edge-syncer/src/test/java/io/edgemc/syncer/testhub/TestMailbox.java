package io.edgemc.syncer.testhub;

import io.edgemc.api.agent.ContentLine;
import io.edgemc.api.agent.ContentRequest;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** What the cluster should hold; every change is a new target. */
public final class TestMailbox {
    public static final Digest DECISION = Digest.sha256("a decision");

    private final Map<Digest, ObjectNode> contents = new HashMap<>();
    private final Map<String, Map<ObjectKey, ManifestEntry>> history = new HashMap<>();
    private final Map<Long, Map<ObjectKey, ManifestEntry>> revisions = new HashMap<>();
    private Map<ObjectKey, ManifestEntry> now = new TreeMap<>();
    private TargetState state = TargetState.EMPTY;
    private long revision;
    private String trace = "";
    private int contentsInAnAnswer = Integer.MAX_VALUE;
    private final List<String> modes = new ArrayList<>();

    /** Changes of one revision. */
    public final class Change {
        private final Map<ObjectKey, ManifestEntry> next = new TreeMap<>(now);

        public Change apply(String key, String json, EntryFlag... flags) {
            ObjectNode object =
                    CanonicalJson.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            Digest digest = Digest.sha256(CanonicalJson.bytes(object));
            contents.put(digest, object);
            ObjectKey parsed = ObjectKey.parse(key);
            next.put(parsed, ManifestEntry.apply(parsed, digest, Set.of(flags), DECISION));
            return this;
        }

        public Change delete(String key, EntryFlag... flags) {
            ObjectKey parsed = ObjectKey.parse(key);
            next.put(parsed, ManifestEntry.delete(parsed, Set.of(flags), DECISION));
            return this;
        }

        public Change forget(String key) {
            next.remove(ObjectKey.parse(key));
            return this;
        }

        /** The new target's revision. */
        public long commit() {
            return commit("");
        }

        public long commit(String traceparent) {
            synchronized (TestMailbox.this) {
                trace = traceparent;
                set(revision + 1, next);
                return revision;
            }
        }
    }

    private void set(long newRevision, Map<ObjectKey, ManifestEntry> entries) {
        now = entries;
        revision = newRevision;
        Digest root = new ManifestTree(digest -> (ManifestNode) null).build(entries.values(), content -> {});
        state = new TargetState(root, ManifestTree.EMPTY);
        history.put(state.text(), entries);
        revisions.put(revision, entries);
        notifyAll();
    }

    /** The target is what it was at an earlier revision, and nothing is known of later ones. */
    synchronized void restore(long earlier) {
        history.clear();
        set(earlier, revisions.get(earlier));
    }

    public synchronized Change change() {
        return new Change();
    }

    /** Whether deliveries were differences or snapshots, in order. */
    public synchronized List<String> modes() {
        return List.copyOf(modes);
    }

    /** Forgets what edges may have, so that the next delivery is a snapshot. */
    public synchronized void forgetHistory() {
        history.clear();
    }

    /** So many contents at most are answered at once, the rest is to be asked for again. */
    public synchronized void contentsInAnAnswer(int limit) {
        contentsInAnAnswer = limit;
    }

    synchronized void wake() {
        notifyAll();
    }

    synchronized byte[] poll(String have, Duration wait, BooleanSupplier over) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while ((revision == 0 || have.equals(state.text())) && !over.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return new byte[0];
            }
            wait(left / 1_000_000 + 1);
        }
        return over.getAsBoolean() ? new byte[0] : delivery(have);
    }

    private byte[] delivery(String have) {
        Map<ObjectKey, ManifestEntry> before = history.get(have);
        List<MailboxLine> lines = new ArrayList<>();
        boolean difference = before != null;
        for (ManifestEntry entry : now.values()) {
            if (!difference || !entry.equals(before.get(entry.key()))) {
                lines.add(line(entry, difference));
            }
        }
        if (difference) {
            before.keySet().stream()
                    .filter(key -> !now.containsKey(key))
                    .forEach(key -> lines.add(new MailboxLine.Forget(key)));
        }
        String mode = difference ? "difference" : "snapshot";
        modes.add(mode);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(new MailboxLine.Head(revision, state, mode, lines.size(), trace), out);
        lines.forEach(line -> write(line, out));
        write(new MailboxLine.End(lines.size()), out);
        return out.toByteArray();
    }

    private MailboxLine line(ManifestEntry entry, boolean inline) {
        Digest content = entry.content();
        return content == null
                ? new MailboxLine.Delete(entry.key(), entry.flags(), entry.decision())
                : new MailboxLine.Apply(
                        entry.key(), content, entry.flags(), entry.decision(), inline ? contents.get(content) : null);
    }

    synchronized byte[] contents(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int answered = 0;
        for (Digest digest :
                TestHub.MAPPER.readValue(body, ContentRequest.class).digests()) {
            ObjectNode object = contents.get(digest);
            if (object != null && answered < contentsInAnAnswer) {
                answered++;
                out.writeBytes(TestHub.MAPPER.writeValueAsBytes(new ContentLine(digest, object)));
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    private static void write(MailboxLine line, ByteArrayOutputStream out) {
        out.writeBytes(TestHub.MAPPER.writerFor(MailboxLine.class).writeValueAsBytes(line));
        out.write('\n');
    }
}
