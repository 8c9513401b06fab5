package io.edgemc.api.event;

import io.edgemc.api.content.ContentKind;

/** CloudEvents types. */
public final class EventTypes {
    public static final String CLUSTER = "io.edgemc.inventory.cluster.v1";
    /** Without data: nothing refers to a content any more. */
    public static final String CONTENT_GONE = "io.edgemc.content.gone.v1";

    public static final String TARGET = "io.edgemc.target.v1";
    public static final String OBJECT_REPORT = "io.edgemc.report.object.v1";
    public static final String CLUSTER_REPORT = "io.edgemc.report.cluster.v1";
    public static final String SUMMARY_ROW = "io.edgemc.summary.row.v1";
    public static final String COMPLIANCE_STATE = "io.edgemc.compliance.state.v1";
    public static final String FLEET_EVENT = "io.edgemc.fleet.event.v1";

    private EventTypes() {}

    /** The type of a content event. */
    public static String content(ContentKind kind) {
        return "io.edgemc.content." + kind.label() + ".v1";
    }
}
