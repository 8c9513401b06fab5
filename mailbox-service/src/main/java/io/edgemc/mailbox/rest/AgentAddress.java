package io.edgemc.mailbox.rest;

/** What an agent must know to find the hub and to trust it. */
public interface AgentAddress {
    /** What agents dial. */
    String url();

    /** The authority's certificate. */
    String caPem();
}
