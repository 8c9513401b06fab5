package io.edgemc.bench.kill;

import java.util.OptionalLong;

/**
 * One request to write a page of the run into the space, and what came of it.
 *
 * @param name of the page, unique in the run; a deleted one does not come back
 * @param value the page's content, larger than all before it in the run; empty to delete the page
 * @param outcome as its caller saw it
 */
public record Attempt(String name, OptionalLong value, Outcome outcome) {
    /** What a caller knows of a request afterwards. */
    public enum Outcome {
        /** The hub said yes, so it must hold whatever happens next. */
        ACKNOWLEDGED,
        /** The hub said no. */
        REFUSED,
        /** No answer, or one that tells nothing (5xx): it may hold or not. */
        UNKNOWN
    }

    /** To write a page. */
    public static Attempt write(String name, long value, Outcome outcome) {
        return new Attempt(name, OptionalLong.of(value), outcome);
    }

    /** To delete a page. */
    public static Attempt delete(String name, Outcome outcome) {
        return new Attempt(name, OptionalLong.empty(), outcome);
    }

    /** The content to which it would bring the page, for people and to compare: {@code ""} where there is none. */
    String state() {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }
}
