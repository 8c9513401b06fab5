package io.edgemc.api.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an entry asks of the edge. */
public enum EntryAction {
    /** Hold the object with this content. */
    @JsonProperty("apply")
    APPLY,
    /** A recorded decision asks to delete the object; the only reason for which an edge deletes one. */
    @JsonProperty("delete")
    DELETE
}
