package io.edgemc.mailbox.content;

import io.edgemc.api.content.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Contents that the hub gave up. Targets that are accepted while they are removed are not missed: an acceptance holds
 * {@link ContentStore#FENCE} shared from before it looks whether all is here, a removal holds it alone and first marks what
 * targets came to need since.
 */
final class DoomedContents {
    private static final int AT_ONCE = 500;

    private final Connection connection;
    private final NeededContents needed;
    private final Consumer<Collection<Digest>> removed;

    /** @param removed told what is gone */
    DoomedContents(Connection connection, NeededContents needed, Consumer<Collection<Digest>> removed) {
        this.connection = connection;
        this.needed = needed;
        this.removed = removed;
    }

    /** Removes those that were given up before that and are not needed; returns how many. The others are due anew from now on. */
    int remove(Instant before, Instant now) throws SQLException {
        int count = 0;
        List<Digest> due = due(new byte[0], before);
        while (!due.isEmpty()) {
            Set<Digest> kept = needed.among(due);
            lookAgainLater(kept, now);
            Set<Digest> free = new HashSet<>(due);
            free.removeAll(kept);
            count += free.isEmpty() ? 0 : removeFenced(free);
            due = due(due.getLast().bytes(), before);
        }
        return count;
    }

    private int removeFenced(Set<Digest> free) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement fence = connection.createStatement()) {
            fence.execute("select pg_advisory_xact_lock(" + ContentStore.FENCE + ")");
            needed.markNews();
            free.removeAll(needed.among(free));
            int count;
            // A row that somebody writes just now is wanted again.
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from content where digest in (select digest from content"
                            + " where digest = any(?) and doomed_at is not null for update skip locked)")) {
                delete.setArray(1, array(free));
                count = delete.executeUpdate();
            }
            connection.commit();
            removed.accept(free);
            return count;
        } finally {
            // Without effect after the commit.
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void lookAgainLater(Set<Digest> kept, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update content set doomed_at = ? where digest in (select digest from content"
                        + " where digest = any(?) and doomed_at is not null for update skip locked)")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setArray(2, array(kept));
            update.executeUpdate();
        }
    }

    private List<Digest> due(byte[] after, Instant before) throws SQLException {
        List<Digest> due = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select digest from content where doomed_at <= ? and digest > ? order by digest limit " + AT_ONCE)) {
            select.setTimestamp(1, Timestamp.from(before));
            select.setBytes(2, after);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    due.add(Digest.of(row.getBytes(1)));
                }
            }
        }
        return due;
    }

    private java.sql.Array array(Collection<Digest> digests) throws SQLException {
        return connection.createArrayOf("bytea", ContentStore.bytes(digests));
    }
}
