package io.edgemc.gateway.proxy;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Whether a client is still there while nothing is sent to it. A servlet learns of a lost client only by writing, and
 * an idle watch writes nothing for minutes; so the connection is asked, without waiting and in the request's own
 * thread. Only for requests without a body: there is nothing else to read.
 */
public final class ClientConnection {
    private static final String ATTRIBUTE = ClientConnection.class.getName();

    private final org.apache.coyote.Request request;

    private ClientConnection(org.apache.coyote.Request request) {
        this.request = request;
    }

    /** Whether the client has closed its side. What it may send ahead counts as an end too; no client does. */
    boolean isGone() {
        request.action(ActionCode.AVAILABLE, Boolean.TRUE);
        return request.getAvailable() > 0;
    }

    static boolean isGone(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection && connection.isGone();
    }

    /** Gives every request its connection. */
    public static final class Valve extends ValveBase {
        public Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getMethod().equals("GET")) {
                request.setAttribute(ATTRIBUTE, new ClientConnection(request.getCoyoteRequest()));
            }
            getNext().invoke(request, response);
        }
    }
}
