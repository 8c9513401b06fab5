package io.edgemc.kube.watch;

import io.edgemc.kube.store.StoredChange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A change on its way to the watchers, with its frames: each is made once, whoever asks first. */
final class HubEvent {
    /** What distinguishes frames of one change: event type and encoding. */
    record FrameKey(String type, Object encoding) {}

    private final StoredChange change;
    private final Map<FrameKey, byte[]> frames = new ConcurrentHashMap<>(2);

    HubEvent(StoredChange change) {
        this.change = change;
    }

    StoredChange change() {
        return change;
    }

    byte[] frame(FrameKey key, Supplier<byte[]> maker) {
        byte[] known = frames.get(key);
        if (known != null) {
            return known;
        }
        byte[] made = maker.get();
        byte[] earlier = frames.putIfAbsent(key, made);
        return earlier == null ? made : earlier;
    }

    /** About the heap that it holds, in bytes. */
    int weight() {
        int before = change.previous() == null ? 0 : change.previous().body().length;
        int after = change.current() == null ? 0 : change.current().body().length;
        return 200 + before + after;
    }
}
