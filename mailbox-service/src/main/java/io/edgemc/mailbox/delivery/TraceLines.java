package io.edgemc.mailbox.delivery;

import io.edgemc.mailbox.postbox.MailboxHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines that follow a write by its trace id, by the logger {@code io.edgemc.trace} at level debug: who follows one write turns it on,
 * ten thousand clusters do not pay for it.
 */
final class TraceLines {
    private static final Logger TRACE = LoggerFactory.getLogger("io.edgemc.trace");
    private static final int ID_BEGINS = 3;
    private static final int ID_ENDS = 35;

    private TraceLines() {}

    /** @param traceparent as the edge or the target says, not checked */
    static void line(String what, MailboxHead head, long revision, String traceparent) {
        TRACE.atDebug()
                .addKeyValue("traceId", traceparent.length() < ID_ENDS ? "" : traceparent.substring(ID_BEGINS, ID_ENDS))
                .addKeyValue("cluster", head.clusterName())
                .addKeyValue("revision", revision)
                .log(what);
    }
}
