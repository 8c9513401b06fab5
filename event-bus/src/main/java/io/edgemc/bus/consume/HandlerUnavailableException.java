package io.edgemc.bus.consume;

/** A handler could not work for an outside reason; its batch is offered again. */
final class HandlerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HandlerUnavailableException(String consumer, Exception cause) {
        super(
                "the handler of consumer " + consumer + " cannot work now, the batch waits: "
                        + cause.getClass().getSimpleName(),
                cause);
    }
}
