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
import java.nio.charset.StandardCharsets;
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

    private static final byte[] LINE_END = {'}', '\n'};

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

    /** Bytes of contents as they rest, for those that are here. */
    Map<Digest, Integer> sizes(Set<Digest> digests) {
        return contents.sizes(digests);
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
            long bytes = contents.sizes(applied).values().stream()
                    .mapToLong(Integer::longValue)
                    .sum();
            if (bytes > MAX_INLINE_BYTES) {
                return snapshot(step.to());
            }
            Map<Digest, Content> found = contents.find(applied);
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

    /**
     * The lines of an answer to a request for contents, in this order, in pieces; throws {@link MissingContentException} if one was
     * swept meanwhile.
     */
    List<byte[]> contentLines(List<Digest> digests) {
        Map<Digest, Content> found = contents.find(digests);
        List<byte[]> pieces = new ArrayList<>(3 * digests.size());
        for (Digest digest : digests) {
            // Put together by hand, and not copied: the object is canonical JSON already.
            pieces.add(("{\"digest\":\"" + digest.hex() + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
            pieces.add(keys.open(content(found, digest)));
            pieces.add(LINE_END);
        }
        return pieces;
    }
}
