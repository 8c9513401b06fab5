package io.edgemc.door.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;
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
    /** Request attribute: a {@link BooleanSupplier} that says whether the client has left. */
    public static final String ATTRIBUTE = "io.edgemc.client-gone";

    private final org.apache.coyote.Request request;

    private ClientConnection(org.apache.coyote.Request request) {
        this.request = request;
    }

    /** Whether the client has closed its side. What it may send ahead counts as an end too; no client does. */
    boolean isGone() {
        request.action(ActionCode.AVAILABLE, Boolean.TRUE);
        return request.getAvailable() > 0;
    }

    /** Whether the client of a request has left; false for one that cannot be asked. To be called in the request's thread. */
    public static boolean isGone(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier gone && gone.getAsBoolean();
    }

    /** Gives every request its connection. */
    public static final class Valve extends ValveBase {
        public Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getMethod().equals("GET")) {
                ClientConnection connection = new ClientConnection(request.getCoyoteRequest());
                request.setAttribute(ATTRIBUTE, (BooleanSupplier) connection::isGone);
            }
            getNext().invoke(request, response);
        }
    }
}
