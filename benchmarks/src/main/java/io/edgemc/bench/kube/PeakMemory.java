package io.edgemc.bench.kube;

import java.util.concurrent.locks.LockSupport;

/** The most memory that an endpoint's server was seen to have, looked at again and again until it is closed. */
final class PeakMemory implements AutoCloseable {
    private static final long PAUSE_NANOS = 20_000_000;

    private final Endpoint endpoint;
    private volatile long peak;
    private volatile boolean closed;

    PeakMemory(Endpoint endpoint) {
        this.endpoint = endpoint;
        peak = endpoint.residentBytes();
        Thread.ofPlatform().daemon().name("peak-memory").start(this::look);
    }

    private void look() {
        while (!closed) {
            peak = Math.max(peak, endpoint.residentBytes());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** In bytes. */
    long peak() {
        return Math.max(peak, endpoint.residentBytes());
    }

    @Override
    public void close() {
        closed = true;
    }
}
