package io.edgemc.api.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an entry is to be treated at the edge. */
public enum EntryFlag {
    /** Create if absent, then leave alone, deletion included. */
    @JsonProperty("createOnly")
    CREATE_ONLY,
    /** Only the existence of this namespace is asked for: create if absent, never own its labels or annotations. */
    @JsonProperty("existence")
    EXISTENCE,
    /**
     * With {@link EntryAction#DELETE}: stop managing the object and leave it where it is. With {@link EntryAction#APPLY}: nothing
     * to the edge; it says that this is what becomes of the object when it is no longer sent.
     */
    @JsonProperty("orphan")
    ORPHAN
}
