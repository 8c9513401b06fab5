package io.edgemc.changelog;

/** STARTING → RUNNING ⇄ RETRYING, and from each → STOPPED. */
public enum FollowerState {
    /** Has not reached the end of the log once. */
    STARTING,
    /** Everything that was committed when it last looked is published. */
    RUNNING,
    /** The database or the other side failed; it tries again. */
    RETRYING,
    STOPPED
}
