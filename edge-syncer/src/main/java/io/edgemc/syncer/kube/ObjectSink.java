package io.edgemc.syncer.kube;

import tools.jackson.databind.node.ObjectNode;

/** Follows the objects of one resource. Called by one thread at a time. */
public interface ObjectSink {
    /** Whether the object is of interest; others are skipped without being parsed. */
    boolean wants(String namespace, String name);

    /** A full list begins; what it does not name is not there. */
    void listBegins();

    /** As an object is now. */
    void present(ObjectNode object);

    /**
     * The list is complete: each wanted object that was not seen since {@link #listBegins} was not there at this version.
     *
     * @param resourceVersion of the list
     */
    void listEnds(String resourceVersion);

    /** An object was deleted; its last state. */
    void gone(ObjectNode object);

    /** The resource cannot be followed for now; the follower tries again by itself. */
    void failed(Exception cause);
}
