package io.edgemc.syncer.log;

/** The keys of structured log lines; they are the same in all parts of the product. */
public final class LogKeys {
    public static final String CLUSTER = "cluster";
    public static final String OBJECT = "object";
    public static final String REVISION = "revision";
    public static final String TRACE_ID = "traceId";
    public static final String REASON = "reason";
    public static final String COUNT = "count";

    private LogKeys() {}

    /** The trace id of a W3C traceparent, {@code ""} if it has none. */
    public static String traceId(String traceparent) {
        String[] parts = traceparent.split("-", 4);
        return parts.length == 4 && parts[1].length() == 32 ? parts[1] : "";
    }
}
