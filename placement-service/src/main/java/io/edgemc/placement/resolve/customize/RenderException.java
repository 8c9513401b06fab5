package io.edgemc.placement.resolve.customize;

/** An object cannot be rendered for a cluster. The reason never holds content of the object or the value of a parameter. */
public final class RenderException extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;

    public RenderException(String field, String reason) {
        super(reason);
        this.field = field;
    }

    /** Where in the object, the customizer or the override. */
    public String field() {
        return field;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
