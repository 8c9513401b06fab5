package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.PeerCertificate;

/** Says whether a certificate that the authority signed still opens its mailbox. Does not block. */
@FunctionalInterface
public interface CredentialCheck {
    boolean accepts(PeerCertificate certificate);
}
