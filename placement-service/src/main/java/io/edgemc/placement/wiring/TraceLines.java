package io.edgemc.placement.wiring;

import io.edgemc.placement.space.Version;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each write that was committed, with its trace id, by the logger {@code io.edgemc.trace} at level debug: who follows one
 * write turns it on, a burst of writes does not pay for it.
 */
final class TraceLines {
    private static final Logger TRACE = LoggerFactory.getLogger("io.edgemc.trace");
    private static final int ID_BEGINS = 3;
    private static final int ID_ENDS = 35;

    private TraceLines() {}

    static void committed(List<Version> versions) {
        if (TRACE.isDebugEnabled()) {
            versions.forEach(TraceLines::line);
        }
    }

    private static void line(Version version) {
        String traceparent = version.origin().traceparent();
        TRACE.atDebug()
                .addKeyValue("traceId", traceparent.length() < ID_ENDS ? "" : traceparent.substring(ID_BEGINS, ID_ENDS))
                .addKeyValue("requestId", version.origin().requestId())
                .addKeyValue("view", version.ref().view().id())
                .addKeyValue("object", version.ref().key().text())
                .addKeyValue("position", version.position())
                .log("a write was committed");
    }
}
