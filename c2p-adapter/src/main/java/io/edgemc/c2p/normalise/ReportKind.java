package io.edgemc.c2p.normalise;

import io.edgemc.api.object.ObjectKey;

/** The two kinds that are served. */
public enum ReportKind {
    POLICY_REPORT("PolicyReport", "policyreports"),
    CLUSTER_POLICY_REPORT("ClusterPolicyReport", "clusterpolicyreports");

    public static final String GROUP = "wgpolicyk8s.io";
    public static final String VERSION = "v1alpha2";
    private static final String OPEN_REPORTS = "openreports.io";

    private final String kind;
    private final String resource;

    ReportKind(String kind, String resource) {
        this.kind = kind;
        this.resource = resource;
    }

    public String kind() {
        return kind;
    }

    /** Lowercase plural. */
    public String resource() {
        return resource;
    }

    /** Whether objects of this key are reports at all. Reports that an engine keeps for seconds are not collected. */
    public static boolean isReport(ObjectKey key) {
        return switch (key.groupResource()) {
            case "policyreports.wgpolicyk8s.io", "clusterpolicyreports.wgpolicyk8s.io" -> true;
            case "reports.openreports.io", "clusterreports.openreports.io" -> true;
            default -> false;
        };
    }

    /** The kind under which a report of this key is served. */
    public static ReportKind of(ObjectKey key) {
        return key.resource().startsWith("cluster") ? CLUSTER_POLICY_REPORT : POLICY_REPORT;
    }

    /** Whether a report of this key is of the older group, whose metadata is kept where both groups report. */
    public static boolean isOriginal(ObjectKey key) {
        return !key.group().equals(OPEN_REPORTS);
    }
}
