package io.edgemc.gateway.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers that may go on for ever and are on their way now; they end when the gateway stops. Thread-safe. */
final class OpenStreams {
    private final Set<ResponseStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    void add(ResponseStream stream) {
        open.add(stream);
        if (ended) {
            stream.finish();
        }
    }

    void remove(ResponseStream stream) {
        open.remove(stream);
    }

    /** Ends them as if their services had, and those that come after at once. */
    void end() {
        ended = true;
        open.forEach(ResponseStream::finish);
    }
}
