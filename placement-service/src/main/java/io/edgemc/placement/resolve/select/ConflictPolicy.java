package io.edgemc.placement.resolve.select;

/**
 * What happens when sources differ on an object for one cluster, strictest last. When the placements of the sources name
 * different policies, the strictest counts.
 */
public enum ConflictPolicy {
    /** The source with the latest hub revision wins. */
    latest,
    /** Labels, annotations and top-level maps are merged by key; else latest. */
    merge,
    /** The placement with the higher priority wins; equal: latest. */
    priority,
    /** No new version goes out; what a cluster holds stays. */
    refuse
}
