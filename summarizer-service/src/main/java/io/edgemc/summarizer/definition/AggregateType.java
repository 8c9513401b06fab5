package io.edgemc.summarizer.definition;

/** How the values of a column are combined (the domain rules, §12). Of no values COUNT and SUM are 0, the others null. */
public enum AggregateType {
    /** How many rows have a value. */
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    /** How many different values there are. */
    COUNT_DISTINCT;

    /** Whether the values themselves must be kept, because the aggregate cannot be taken back from a number. */
    public boolean keepsValues() {
        return this == MIN || this == MAX || this == COUNT_DISTINCT;
    }

    /** Whether values must be numbers. */
    public boolean isNumeric() {
        return this == SUM || this == AVG || this == MIN || this == MAX;
    }
}
