package io.edgemc.placement.postgres;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.placement.resolve.StoredContent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Contents by digest, the last used ones from memory. Thread-safe. */
public final class PostgresContents implements StoredContent {
    private static final int OVERHEAD = 200;

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
