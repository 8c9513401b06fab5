package io.edgemc.placement.postgres;

import io.edgemc.changelog.PositionRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose parameters are arrays, one element per row, set from left to right.
 *
 * @param <R> what the elements of all arrays are taken from
 */
final class ArrayStatement<R> implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<R> rows;
    private int next = 1;

    ArrayStatement(Connection connection, String sql, List<R> rows) throws SQLException {
        this.connection = connection;
        this.rows = rows;
        this.statement = connection.prepareStatement(sql);
    }

    void value(long value) throws SQLException {
        statement.setLong(next++, value);
    }

    void value(String value) throws SQLException {
        statement.setString(next++, value);
    }

    void texts(Function<R, @Nullable String> element) throws SQLException {
        array("text", rows.stream().map(element).toArray());
    }

    void longs(Function<R, @Nullable Long> element) throws SQLException {
        array("int8", rows.stream().map(element).toArray(Long[]::new));
    }

    void ints(Function<R, Integer> element) throws SQLException {
        array("int4", rows.stream().map(element).toArray(Integer[]::new));
    }

    void booleans(Function<R, Boolean> element) throws SQLException {
        array("bool", rows.stream().map(element).toArray(Boolean[]::new));
    }

    void bytes(Function<R, byte[]> element) throws SQLException {
        array("bytea", rows.stream().map(element).toArray(byte[][]::new));
    }

    /** Consecutive positions, from the {@code first}-th of the range on. */
    void positions(PositionRange range, int first) throws SQLException {
        array(
                "int8",
                IntStream.range(0, rows.size())
                        .mapToObj(i -> range.at(first + i))
                        .toArray(Long[]::new));
    }

    private void array(String type, @Nullable Object[] elements) throws SQLException {
        statement.setArray(next++, connection.createArrayOf(type, elements));
    }

    void execute() throws SQLException {
        statement.executeUpdate();
    }

    void each(RowReader reader) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                reader.read(row);
            }
        }
    }

    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
