package io.edgemc.placement.postgres;

import io.edgemc.placement.space.LedgerException;
import io.edgemc.placement.space.LedgerException.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Sorts what PostgreSQL says by SQL state. */
final class Failures {
    private Failures() {}

    static LedgerException of(SQLException failure) {
        return new LedgerException(reason(failure), failure);
    }

    private static Reason reason(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return failure instanceof SQLTransientConnectionException ? Reason.UNREACHABLE : Reason.REFUSED;
        }
        if (state.equals("53100")) {
            return Reason.DISK_FULL;
        }
        if (state.startsWith("53")) {
            return Reason.OVERLOADED;
        }
        // 08: connection; 57P: the server is stopping, starting or was killed; 58: its files or its system fail.
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("58")) {
            return Reason.UNREACHABLE;
        }
        return Reason.REFUSED;
    }
}
