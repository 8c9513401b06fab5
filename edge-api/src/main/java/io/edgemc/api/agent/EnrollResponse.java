package io.edgemc.api.agent;

/**
 * The identity that an agent gets.
 *
 * @param clusterUid exact identity in the certificate
 * @param certificatePem certificate and intermediates
 * @param caPem what the hub's listener is verified by
 */
public record EnrollResponse(String clusterUid, String clusterName, String certificatePem, String caPem) {}
