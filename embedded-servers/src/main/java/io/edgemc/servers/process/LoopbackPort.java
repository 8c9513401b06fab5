package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports on 127.0.0.1 for servers that must be told their port before they start. */
public final class LoopbackPort {
    private static final int CONNECT_LIMIT_MILLIS = 1_000;

    private LoopbackPort() {}

    /** The asked port if it is free, or any free one for 0. */
    public static int choose(int asked) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a port in TIME_WAIT after a restart is free.
            socket.setReuseAddress(true);
            socket.bind(address(asked));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ServerFailure(
                    Reason.PORT_IN_USE,
                    "Port " + asked + " of 127.0.0.1 cannot be opened (" + e.getMessage()
                            + "). Choose another one, or stop what uses it.",
                    e);
        }
    }

    /** Whether a server listens there. */
    public static boolean hasListener(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), CONNECT_LIMIT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
