package io.edgemc.changelog;

/**
 * Consecutive positions that one transaction took.
 *
 * @param first smallest, at least 1
 * @param last largest, at least {@code first}
 */
public record PositionRange(long first, long last) {
    public PositionRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a range of positions: " + first + ".." + last);
        }
    }

    /** The position before this range: where the log stood when the range was taken. */
    public long before() {
        return first - 1;
    }

    /** The {@code index}-th position, from 0. */
    public long at(int index) {
        long position = first + index;
        if (index < 0 || position > last) {
            throw new IndexOutOfBoundsException("position " + index + " of " + first + ".." + last);
        }
        return position;
    }
}
