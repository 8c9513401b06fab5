package io.edgemc.syncer.kube;

import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLContext;

/**
 * How to reach an API server.
 *
 * @param server its address; a path in it counts as a prefix
 * @param tls trusts its authority, with the client certificate if there is one
 * @param token bearer token of the moment
 */
public record KubeAccess(URI server, SSLContext tls, TokenSource token) {
    /** Gives the current bearer token, {@code ""} for none. Tokens of service accounts change while we run. */
    public interface TokenSource {
        TokenSource NONE = () -> "";

        String current() throws IOException;
    }
}
