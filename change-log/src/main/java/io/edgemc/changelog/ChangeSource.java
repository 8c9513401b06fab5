package io.edgemc.changelog;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads the rows of one or several tables that a relay publishes. */
@FunctionalInterface
public interface ChangeSource<R> {
    /**
     * The rows with {@code position > after}, in order, at most as many as the source likes to hand out at once. Rows of
     * several tables must come from one statement, or from one snapshot: a row that moves to a newer position between two
     * statements must not be passed over.
     *
     * @return rows, and {@code through >= after}
     */
    ChangeBatch<R> read(Connection connection, long after) throws SQLException;
}
