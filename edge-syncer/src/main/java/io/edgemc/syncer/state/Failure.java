package io.edgemc.syncer.state;

/**
 * Why an object is not as its entry asks.
 *
 * @param reason stable code
 * @param message for people; never a value of a secret
 * @param retryable whether it is tried again without a change from the hub
 * @param since RFC 3339 time of the first failure with this reason
 */
public record Failure(String reason, String message, boolean retryable, String since) {}
