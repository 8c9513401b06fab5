package io.edgemc.bus.publish;

/** The bus did not take a record in time. Nothing is wrong with the record; publish it again. */
public final class BusUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusUnavailableException(String message) {
        super(message);
    }

    public BusUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
