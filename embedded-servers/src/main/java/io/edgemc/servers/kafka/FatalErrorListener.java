package io.edgemc.servers.kafka;

/** Decides what becomes of the JVM when its broker cannot go on. It has been logged already. */
@FunctionalInterface
public interface FatalErrorListener {
    /** Ends the JVM at once with the broker's status, as a broker of its own would. */
    FatalErrorListener END_THE_JVM = error -> Runtime.getRuntime().halt(error.status());

    /** Nothing more than the log; while a broker starts, its starter gets the error. */
    FatalErrorListener NONE = error -> {};

    /** Called on one of the broker's threads, which waits for it. */
    void onFatalError(FatalError error);

    /**
     * @param status the exit status that the broker asked for
     * @param message what happened and what to look at, for people
     */
    record FatalError(int status, String message) {}
}
