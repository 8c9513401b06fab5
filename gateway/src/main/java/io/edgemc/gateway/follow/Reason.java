package io.edgemc.gateway.follow;

/** Why a call failed, in words. The JDK's client says nothing itself when a connection is refused; what lies beneath does. */
final class Reason {
    private static final int DEEPEST = 5;

    private Reason() {}

    /** The first message on the way down, with the type of what says it; the type alone where nothing says more. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                return cause.getClass().getSimpleName() + ": " + message;
            }
        }
        return failure.getClass().getSimpleName();
    }
}
