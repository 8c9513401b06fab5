package io.edgemc.placement.status;

/** How far a placement is at one cluster. */
public enum Delivery {
    /** The cluster holds what the placement contributes. */
    DELIVERED,
    /** The cluster could not bring an object of the placement to its target. */
    FAILED,
    /** The cluster has not been heard of for too long. */
    STALE,
    /** The cluster has not said yet that it holds it. */
    PENDING
}
