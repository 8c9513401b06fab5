package io.edgemc.api.agent;

/**
 * Asks for a new certificate by the current one.
 *
 * @param csrPem PKCS#10 in PEM
 */
public record RenewRequest(String csrPem) {}
