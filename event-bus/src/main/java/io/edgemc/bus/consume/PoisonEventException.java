package io.edgemc.bus.consume;

/** One event of a batch can never be processed, and the handler has undone what it did for the batch. */
public final class PoisonEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ReceivedEvent event;

    /** @param reason for people; nothing confidential */
    public PoisonEventException(ReceivedEvent event, String reason) {
        super(reason);
        this.event = event;
    }

    public ReceivedEvent event() {
        return event;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
