package io.edgemc.placement.resolve.jsonpath;

/** A path that does not parse, ends nowhere, or asks for too much work. The message never holds content of the object. */
public final class JsonPathException extends Exception {
    private static final long serialVersionUID = 1;

    public JsonPathException(String message) {
        super(message);
    }
}
