package io.edgemc.bus.event;

/** A record on the bus is not an event. The message never holds its data. */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }
}
