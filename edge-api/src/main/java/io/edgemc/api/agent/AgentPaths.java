package io.edgemc.api.agent;

/** Paths of the agent protocol. */
public final class AgentPaths {
    /** The version of the protocol that these records describe. */
    public static final int PROTOCOL = 1;

    public static final String ENROLL = "/agent/v1/enroll";
    public static final String RENEW = "/agent/v1/renew";
    public static final String SESSION = "/agent/v1/session";
    public static final String MAILBOX = "/agent/v1/mailbox";
    public static final String CONTENT = "/agent/v1/content";
    public static final String APPLIED = "/agent/v1/applied";
    public static final String REPORTS = "/agent/v1/reports";
    public static final String RECONCILE = "/agent/v1/reports/reconcile";
    public static final String BUCKETS = "/agent/v1/reports/reconcile/buckets";

    /** A cluster's identity in its certificate is exactly this and its uid. */
    public static final String IDENTITY_PREFIX = "spiffe://edge-mc/cluster/";

    private AgentPaths() {}
}
