package io.edgemc.mailbox.listener;

/** One operation of the agent protocol. */
public interface AgentOperation {
    /** {@code GET} or {@code POST}. */
    String method();

    /** Exact path. */
    String path();

    /** Most bytes of a body; longer ones are refused before they are read. */
    int bodyLimit();

    /** Whether it is open to callers without a certificate. */
    default boolean anonymous() {
        return false;
    }

    /**
     * Answers on a thread that may block. May return without an answer and give it later. Throws {@link ProblemException} to
     * refuse.
     */
    void handle(AgentCall call, AgentReply reply);
}
