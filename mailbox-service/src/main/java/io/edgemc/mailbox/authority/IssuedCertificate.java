package io.edgemc.mailbox.authority;

import java.time.Instant;

/**
 * A certificate just made for an agent.
 *
 * @param serial serial number in lower-case hex
 * @param notAfter when it ends
 */
public record IssuedCertificate(String serial, ClusterIdentity identity, Instant notAfter, String pem) {}
