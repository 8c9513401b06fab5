package io.edgemc.bus.consume;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Whose fault a handler's failure is. */
public enum FailureKind {
    /** The event's own: it fails again however often it is tried. */
    POISON,
    /** The world's: a database or a broker that is away. Trying again later helps. */
    OUTSIDE;

    /** Sorts by the cause that says most. What is not known is the world's fault: nothing is lost by waiting. */
    public static FailureKind of(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            FailureKind kind = ofOne(cause);
            if (kind != null) {
                return kind;
            }
        }
        return OUTSIDE;
    }

    private static @Nullable FailureKind ofOne(Throwable cause) {
        return switch (cause) {
            case SQLException e -> ofSqlState(e.getSQLState());
            case JacksonException e -> POISON;
            case NullPointerException e -> POISON;
            case IllegalArgumentException e -> POISON;
            case ClassCastException e -> POISON;
            case IndexOutOfBoundsException e -> POISON;
            case ArithmeticException e -> POISON;
            case DateTimeException e -> POISON;
            case NoSuchElementException e -> POISON;
            case UnsupportedOperationException e -> POISON;
            default -> null;
        };
    }

    /** Classes 22 (data exception) and 23 (constraint violated) come from the data; the others from the server. */
    private static FailureKind ofSqlState(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23")) ? POISON : OUTSIDE;
    }
}
