package io.edgemc.api.content;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the bytes of a content are; all are canonical JSON. */
public enum ContentKind {
    /** An object as a cluster is to hold it. */
    @JsonProperty("object")
    OBJECT,
    /** A node of a manifest tree. */
    @JsonProperty("node")
    NODE,
    /** Why an entry is in a manifest, or why an object is to be deleted. */
    @JsonProperty("decision")
    DECISION,
    /** The placements that select a cluster. */
    @JsonProperty("combination")
    COMBINATION;

    /** Lower-case name, as in event types. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
