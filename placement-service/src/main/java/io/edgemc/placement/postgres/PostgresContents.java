package io.edgemc.placement.postgres;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.placement.resolve.StoredContent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Contents by digest, the last used ones from memory. Thread-safe. */
public final class PostgresContents implements StoredContent {
    private static final int OVERHEAD = 200;
    private static final int ASKED_AT_ONCE = 10_000;

    private final DataSource database;
    private final long maxBytes;
    private final LinkedHashMap<Digest, Content> cache = new LinkedHashMap<>(256, 0.75f, true);
    private long bytes;

    public PostgresContents(DataSource database, long maxBytes) {
        this.database = database;
        this.maxBytes = maxBytes;
    }

    @Override
    public Content content(Digest digest) {
        Content known = cached(digest);
        if (known != null) {
            return known;
        }
        Content read = read(digest);
        remember(read);
        return read;
    }

    /** What nothing needed of late counts as missing: it is about to go, unless it is written again. */
    @Override
    public Set<Digest> missing(Set<Digest> digests) {
        Set<Digest> missing = new HashSet<>(digests);
        List<Digest> all = List.copyOf(digests);
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select digest from content where digest = any(?) and not gone and unused_since is null")) {
            for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
                List<Digest> some = all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE));
                select.setArray(
                        1,
                        connection.createArrayOf(
                                "text", some.stream().map(Digest::hex).toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        missing.remove(Digest.parse(row.getString(1)));
                    }
                }
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
        return missing;
    }

    private synchronized @Nullable Content cached(Digest digest) {
        return cache.get(digest);
    }

    private synchronized void remember(Content content) {
        if (cache.put(content.digest(), content) == null) {
            bytes += content.bytes().length + OVERHEAD;
        }
        Iterator<Map.Entry<Digest, Content>> oldest = cache.entrySet().iterator();
        while (bytes > maxBytes && cache.size() > 1) {
            bytes -= oldest.next().getValue().bytes().length + OVERHEAD;
            oldest.remove();
        }
    }

    private Content read(Digest digest) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select kind, bytes, key_id from content where digest = ? and not gone")) {
            select.setString(1, digest.hex());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("there is no content " + digest);
                }
                return new Content(digest, ContentKind.valueOf(row.getString(1)), row.getBytes(2), row.getString(3));
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }
}
