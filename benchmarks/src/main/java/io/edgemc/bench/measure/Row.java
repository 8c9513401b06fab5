package io.edgemc.bench.measure;

/**
 * A line of a result table.
 *
 * @param target number of the target, such as {@code S17}
 * @param what what was measured
 * @param aim what it should be
 * @param result what it was
 */
public record Row(String target, String what, String aim, String result) {
    public String markdown() {
        return "| " + target + " | " + what + " | " + aim + " | " + result + " |";
    }
}
