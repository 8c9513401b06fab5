package io.edgemc.door.access;

/** A part of the hub behind the gateway, named by the beginning of a path. */
public sealed interface Area {
    /** {@code /system}: spaces and access grants. */
    record Platform() implements Area {}

    /** {@code /inventory}: clusters. */
    record Inventory() implements Area {}

    /** {@code /spaces/<name>}. */
    record Space(String name) implements Area {}

    /** {@code /clusters}: what clusters should hold, what they reported. */
    record Clusters() implements Area {}

    /** {@code /c2p}: compliance. */
    record Compliance() implements Area {}

    /** {@code /summaries} and {@code /api/v1/summaries}. */
    record Summaries() implements Area {}

    /** {@code /exports/<name>}. */
    record Export(String name) implements Area {}

    /** {@code /api/v1/clusters/<name>/…}: enrolment, revocation, decommission. */
    record Enrolment() implements Area {}

    /** Anything else under {@code /api/v1}. */
    record Api() implements Area {}

    /** For people: {@code space "common"}. */
    default String described() {
        return switch (this) {
            case Platform a -> "the system area";
            case Inventory a -> "the inventory";
            case Space a -> "space \"" + a.name() + "\"";
            case Clusters a -> "the clusters' mailboxes";
            case Compliance a -> "the compliance area";
            case Summaries a -> "the summaries";
            case Export a -> "export \"" + a.name() + "\"";
            case Enrolment a -> "the enrolment of clusters";
            case Api a -> "the hub's API";
        };
    }
}
