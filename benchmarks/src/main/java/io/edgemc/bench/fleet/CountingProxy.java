package io.edgemc.bench.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** Passes TCP through to the agent listener and counts the bytes both ways, TLS and all. */
public final class CountingProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final URI hub;
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();

    public CountingProxy(URI hub) {
        this.hub = hub;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Address to use in place of the hub's. */
    public URI address() {
        return URI.create("https://127.0.0.1:" + listener.getLocalPort());
    }

    /** Bytes from agents to the hub so far. */
    public long up() {
        return up.get();
    }

    /** Bytes from the hub to agents so far. */
    public long down() {
        return down.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket agent = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), hub.getPort());
                agent.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pump(agent, server, up));
                Thread.ofVirtual().start(() -> pump(server, agent, down));
            } catch (SocketException closed) {
                // Closed by close(), or a hub that is down: the agent sees a refused connection.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void pump(Socket from, Socket to, AtomicLong count) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                count.addAndGet(n);
                out.write(buffer, 0, n);
            }
        } catch (IOException ended) {
            // One side went; closing both tells the other.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
