package io.edgemc.placement.resolve.select;

/** What an edge does when a field that the system set is changed there (the domain rules, §10), strictest last. */
public enum DriftPolicy {
    /** It is put back. */
    Correct,
    /** It stays and is told; the next change from the hub overwrites it. */
    Report,
    /** It stays and is told, and changes from the hub wait until it is gone. */
    Freeze
}
