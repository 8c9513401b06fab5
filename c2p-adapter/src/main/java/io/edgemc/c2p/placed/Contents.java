package io.edgemc.c2p.placed;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.manifest.NodeSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nodes of manifest trees, and policies, as they came; other contents are not kept. */
public final class Contents implements NodeSource {
    private static final int CACHED_NODES = 2_000;

    private final JdbcTemplate jdbc;
    // Clusters share nodes: what one walks, the next walks too. Only used under the ledger's lock.
    private final Map<Digest, ManifestNode> nodes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, ManifestNode> eldest) {
            return size() > CACHED_NODES;
        }
    };

    public Contents(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A content that is worth keeping. */
    public record Kept(Digest digest, boolean node, byte[] bytes) {}

    public void keep(Collection<Kept> contents) {
        jdbc.batchUpdate(
                "insert into content (digest, is_node, body) values (?, ?, ?) on conflict do nothing",
                contents.stream()
                        .map(content -> new Object[] {content.digest().bytes(), content.node(), content.bytes()})
                        .toList());
    }

    public void forget(Collection<Digest> digests) {
        synchronized (nodes) {
            nodes.keySet().removeAll(digests);
        }
        jdbc.batchUpdate(
                "delete from content where digest = ?",
                digests.stream().map(digest -> new Object[] {digest.bytes()}).toList());
    }

    @Override
    public ManifestNode node(Digest digest) {
        synchronized (nodes) {
            ManifestNode known = nodes.get(digest);
            if (known == null) {
                known = ManifestNode.parse(bytes(digest));
                nodes.put(digest, known);
            }
            return known;
        }
    }

    /** The bytes of a content; throws {@link MissingContentException} if it is not here. */
    public byte[] bytes(Digest digest) {
        List<byte[]> found = jdbc.query(
                "select body from content where digest = ?", (row, n) -> row.getBytes(1), (Object) digest.bytes());
        if (found.isEmpty()) {
            throw new MissingContentException(digest);
        }
        return found.getFirst();
    }
}
