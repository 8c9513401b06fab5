package io.edgemc.bench;

import io.edgemc.bench.measure.Row;
import java.util.List;

/** A measurement of targets; it starts what it needs and leaves nothing behind. */
public interface Benchmark {
    /** By which it is called. */
    String name();

    /** What it measures, in a line. */
    String about();

    /** Measures, and gives a row for each figure. */
    List<Row> run();

    /** As {@link #run()}, with the words that followed its name; most benchmarks have no use for any. */
    default List<Row> run(List<String> options) {
        return run();
    }
}
