package io.edgemc.api.agent;

/**
 * First contact: a one-use token and a certificate signing request.
 *
 * @param token join token
 * @param csrPem PKCS#10 in PEM; its only SAN is {@code spiffe://edge-mc/cluster/<uid>} or none
 */
public record EnrollRequest(String token, String csrPem) {}
