package io.edgemc.placement.resolve.travel;

/** Whether an object may leave its space. */
public enum Travel {
    /** It goes where placements send it. */
    TRAVELS,
    /** A Namespace that every cluster has: only its existence may be asked for. */
    EXISTENCE_ONLY,
    /** An object that Kubernetes makes by itself in every cluster: tolerated, never sent, never deleted. */
    SYSTEM,
    /** A kind that has no meaning outside of its space. */
    NEVER
}
