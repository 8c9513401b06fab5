package io.edgemc.c2p.oscal;

import java.util.List;

/** A document that is no usable component definition. */
public final class InvalidDefinitionException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    /**
     * @param path JSON pointer into the document
     * @param message what is wrong there and what is wanted
     */
    public record Problem(String path, String message) {}

    private final transient List<Problem> problems;

    InvalidDefinitionException(List<Problem> problems) {
        super("the component definition has " + problems.size() + (problems.size() == 1 ? " problem" : " problems"));
        this.problems = problems.stream().limit(SHOWN).toList();
    }

    /** The first of them, 20 at most. */
    public List<Problem> problems() {
        return problems;
    }
}
