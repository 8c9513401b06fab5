package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on 127.0.0.1 for servers that must be told their port before they start. */
public final class LoopbackPort {
    private static final int CONNECT_LIMIT_MILLIS = 1_000;
    /**
     * Below the ports that the system gives to outgoing connections: between the choice and the server's start nobody is given
     * one of these, while of the others some connection may get just the chosen one.
     */
    private static final int FIRST = 15_000;

    private static final int BEHIND_LAST = 30_000;
    private static final int ATTEMPTS = 50;

    private LoopbackPort() {}

    /** The asked port if it is free, or any free one for 0. */
    public static int choose(int asked) {
        for (int attempt = 0; asked == 0 && attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
            if (isFree(port)) {
                return port;
            }
        }
        return open(asked);
    }

    private static boolean isFree(int port) {
        try {
            return open(port) == port;
        } catch (ServerFailure taken) {
            return false;
        }
    }

    private static int open(int asked) {
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
