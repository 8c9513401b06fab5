package io.edgemc.api.event;

import java.util.List;

/** The topics of the bus. Changes within {@code v1} are additive. */
public enum Topics {
    INVENTORY("edge-mc.inventory.v1", Retention.COMPACTED, false),
    CONTENT("edge-mc.content.v1", Retention.COMPACTED, false),
    TARGETS("edge-mc.targets.v1", Retention.COMPACTED, false),
    REPORTS("edge-mc.reports.v1", Retention.COMPACTED, false),
    SUMMARIES("edge-mc.summaries.v1", Retention.COMPACTED, true),
    COMPLIANCE("edge-mc.compliance.v1", Retention.COMPACTED, true),
    EVENTS("edge-mc.events.v1", Retention.TIME, true),
    DEAD_LETTERS("edge-mc.dead-letters.v1", Retention.TIME, false);

    /** How records leave a topic. */
    public enum Retention {
        COMPACTED,
        TIME
    }

    private final String topic;
    private final Retention retention;
    private final boolean open;

    Topics(String topic, Retention retention, boolean open) {
        this.topic = topic;
        this.retention = retention;
        this.open = open;
    }

    /** Name on the broker. */
    public String topic() {
        return topic;
    }

    public Retention retention() {
        return retention;
    }

    /** Whether consumers outside the hub may read it. */
    public boolean isPublic() {
        return open;
    }

    public static List<Topics> all() {
        return List.of(values());
    }
}
