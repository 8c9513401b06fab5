package io.edgemc.api.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The life of a cluster: active, then quarantined (nothing changes at the edge), then decommissioning, then gone. */
public enum ClusterState {
    @JsonProperty("active")
    ACTIVE,
    /** Deletion was asked for; the target is frozen and nothing is deleted at the edge. */
    @JsonProperty("quarantined")
    QUARANTINED,
    /** What the system put there is being deleted or orphaned, as was asked. */
    @JsonProperty("decommissioning")
    DECOMMISSIONING
}
