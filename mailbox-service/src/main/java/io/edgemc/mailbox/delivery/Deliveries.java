package io.edgemc.mailbox.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.postbox.MailboxHead;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries as bytes. The lines between two states are made once and shared by all clusters that make the same step; only head
 * and end are a cluster's own. Opened secrets are in this memory, bounded, and nowhere else. Thread-safe.
 */
public final class Deliveries {
    private static final long CACHED_BYTES = 96L << 20;
    private static final int MAX_INLINE_BYTES = 16 << 20;
    private static final int MAX_INLINE_ENTRIES = 5_000;
    private static final long CACHED_DIGESTS = 500_000;

    private final Differences differences;
    private final ContentStore contents;
    private final KeyRing keys;
    private final Cache<Differences.Step, Lines> steps = bytesCache();
    private final Cache<TargetState, Lines> snapshots = bytesCache();
    private final Cache<TargetState, Set<Digest>> reachable = Caffeine.newBuilder()
            .maximumWeight(CACHED_DIGESTS)
            .weigher((TargetState state, Set<Digest> digests) -> digests.size() + 1)
            .build();

    public Deliveries(Differences differences, ContentStore contents, KeyRing keys) {
        this.differences = differences;
        this.contents = contents;
        this.keys = keys;
    }

    /** @param bytes all lines but head and end; never changed */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Lines(String mode, int entries, byte[] bytes) {}

    /** What brings an edge from a state that is known to have been its own, or from anywhere (null), to the target. */
    List<byte[]> delivery(@Nullable TargetState from, MailboxHead head) {
        Lines lines = from == null ? snapshot(head.target()) : difference(from, head.target());
        byte[] first = DeliveryLines.bytes(new MailboxLine.Head(
                head.targetRevision(), head.target(), lines.mode(), lines.entries(), head.traceparent()));
        byte[] last = DeliveryLines.bytes(new MailboxLine.End(lines.entries()));
        return lines.bytes().length == 0 ? List.of(first, last) : List.of(first, lines.bytes(), last);
    }

    /** Digests of the objects that a state holds; nothing if parts of it are gone. */
    Set<Digest> objects(TargetState state) {
        return reachable.get(state, wanted -> {
            try {
                return differences.entries(wanted).stream()
                        .map(ManifestEntry::content)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
            } catch (MissingContentException gone) {
                return Set.of();
            }
        });
    }

    /** Contents with their secrets opened, canonical bytes by digest. */
    Map<Digest, byte[]> open(Set<Digest> digests) {
        return contents.find(digests).values().stream().collect(Collectors.toMap(Content::digest, keys::open));
    }

    private Lines difference(TargetState from, TargetState to) {
        return steps.get(new Differences.Step(from, to), step -> {
            List<EntryChange> changes;
            try {
                changes = differences.between(step.from(), step.to());
            } catch (MissingContentException gone) {
                // The state before was swept: the target itself is whole, so a snapshot of it is.
                return snapshot(step.to());
            }
            if (changes.size() > MAX_INLINE_ENTRIES) {
                return snapshot(step.to());
            }
            Set<Digest> applied = changes.stream()
                    .map(EntryChange::after)
                    .filter(after -> after != null && after.content() != null)
                    .map(after ->
                            Objects.requireNonNull(Objects.requireNonNull(after).content()))
                    .collect(Collectors.toSet());
            Map<Digest, Content> found = contents.find(applied);
            if (found.values().stream()
                            .mapToLong(content -> content.bytes().length)
                            .sum()
                    > MAX_INLINE_BYTES) {
                return snapshot(step.to());
            }
            return lines(
                    "difference",
                    DeliveryLines.difference(
                            changes, digest -> DeliveryLines.object(content(found, digest), keys::open)));
        });
    }

    private Lines snapshot(TargetState state) {
        return snapshots.get(state, wanted -> lines("snapshot", DeliveryLines.snapshot(differences.entries(wanted))));
    }

    private static Content content(Map<Digest, Content> found, Digest digest) {
        Content content = found.get(digest);
        if (content == null) {
            throw new MissingContentException(digest);
        }
        return content;
    }

    private static Lines lines(String mode, List<MailboxLine> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * lines.size());
        lines.forEach(line -> bytes.writeBytes(DeliveryLines.bytes(line)));
        return new Lines(mode, lines.size(), bytes.toByteArray());
    }

    private static <K> Cache<K, Lines> bytesCache() {
        return Caffeine.newBuilder()
                .maximumWeight(CACHED_BYTES / 2)
                .weigher((K key, Lines lines) -> lines.bytes().length + 200)
                .build();
    }

    /** The lines of an answer to a request for contents, in the order asked. */
    List<byte[]> contentLines(List<Digest> asked, Map<Digest, byte[]> opened) {
        List<byte[]> lines = new ArrayList<>(asked.size());
        for (Digest digest : asked) {
            // Put together by hand: the object is canonical JSON already and need not be parsed.
            ByteArrayOutputStream line = new ByteArrayOutputStream(128);
            line.writeBytes(("{\"digest\":\"" + digest.hex() + "\",\"object\":")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            line.writeBytes(Objects.requireNonNull(opened.get(digest)));
            line.write('}');
            line.write('\n');
            lines.add(line.toByteArray());
        }
        return lines;
    }
}
