package io.edgemc.mailbox.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.manifest.NodeSource;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Contents in PostgreSQL, as they came: secrets stay sealed. Nodes of manifests are cached. Thread-safe. */
public final class ContentStore implements NodeSource {
    /** Lock that keeps contents from being removed while targets that need them are accepted. */
    public static final long FENCE = 0x656d635f646f6f6dL;

    private static final int CACHED_ENTRIES = 400_000;

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Cache<Digest, ManifestNode> nodes = Caffeine.newBuilder()
            .maximumWeight(CACHED_ENTRIES)
            .weigher((Digest digest, ManifestNode node) ->
                    node instanceof ManifestNode.Leaf leaf ? leaf.entries().size() + 1 : ManifestNode.FAN_OUT)
            .build();

    public ContentStore(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public ManifestNode node(Digest digest) {
        return nodes.get(
                digest,
                missing -> ManifestNode.parse(find(missing)
                        .orElseThrow(() -> new MissingContentException(missing))
                        .bytes()));
    }

    public Optional<Content> find(Digest digest) {
        return Optional.ofNullable(find(List.of(digest)).get(digest));
    }

    /** Those of the digests that are here. */
    public Map<Digest, Content> find(Collection<Digest> digests) {
        Map<Digest, Content> found = new HashMap<>();
        if (digests.isEmpty()) {
            return found;
        }
        jdbc.query(
                "select digest, kind, body, key_id from content where digest = any(?)",
                row -> {
                    Digest digest = Digest.of(row.getBytes(1));
                    found.put(
                            digest,
                            new Content(
                                    digest, ContentKind.valueOf(row.getString(2)), row.getBytes(3), row.getString(4)));
                },
                (Object) bytes(digests));
        return found;
    }

    /** Bytes of contents as they rest, for those of the digests that are here; no body is loaded. */
    public Map<Digest, Integer> sizes(Collection<Digest> digests) {
        Map<Digest, Integer> sizes = new HashMap<>();
        if (digests.isEmpty()) {
            return sizes;
        }
        jdbc.query(
                "select digest, octet_length(body) from content where digest = any(?)",
                row -> {
                    sizes.put(Digest.of(row.getBytes(1)), row.getInt(2));
                },
                (Object) bytes(digests));
        return sizes;
    }

    /** One of the digests that is not here, if there is one. */
    public Optional<Digest> firstMissing(Collection<Digest> digests) {
        if (digests.isEmpty()) {
            return Optional.empty();
        }
        Set<Digest> missing = new HashSet<>(digests);
        jdbc.query(
                "select digest from content where digest = any(?)",
                row -> {
                    missing.remove(Digest.of(row.getBytes(1)));
                },
                (Object) bytes(digests));
        missing.remove(ManifestTree.EMPTY);
        return missing.stream().findFirst();
    }

    /** Nodes that were kept just now are asked for next. To be called after the commit. */
    void remember(Collection<Content> kept) {
        for (Content content : kept) {
            if (content.kind() == ContentKind.NODE) {
                nodes.put(content.digest(), ManifestNode.parse(content.bytes()));
            }
        }
    }

    /** Keeps contents; those that are here already stay as they are. */
    void keep(Collection<Content> contents) {
        jdbc.batchUpdate(
                "insert into content as c (digest, kind, body, key_id) values (?, ?, ?, ?) "
                        + "on conflict (digest) do update set doomed_at = null where c.doomed_at is not null",
                contents.stream()
                        .map(content -> new Object[] {
                            content.digest().bytes(), content.kind().name(), content.bytes(), content.keyId()
                        })
                        .toList());
    }

    /** Marks contents that the hub has no use for; {@link ContentSweep} removes what no mailbox needs either. */
    void doom(Collection<Digest> digests) {
        jdbc.update(
                "update content set doomed_at = ? where digest = any(?) and doomed_at is null",
                Timestamp.from(clock.instant()),
                bytes(digests));
    }

    /** They are removed, so they are no longer remembered either. */
    void forget(Collection<Digest> digests) {
        nodes.invalidateAll(digests);
    }

    static byte[][] bytes(Collection<Digest> digests) {
        return digests.stream().map(Digest::bytes).toArray(byte[][]::new);
    }
}
