package io.edgemc.summarizer.cluster;

import io.edgemc.api.content.Digest;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is to be looked at again: clusters that wait for a content, and marks that may be forgotten one day. */
final class Reminders {
    private static final String WAITING = "waiting|";
    private static final String FORGET = "forget|";
    private static final String NOTHING = "";

    private final KeyValueStore<String, String> store;

    Reminders(KeyValueStore<String, String> store) {
        this.store = store;
    }

    /** The cluster is to be evaluated again when the content comes. */
    void await(Digest digest, String uid) {
        store.put(WAITING + digest.hex() + "|" + uid, NOTHING);
    }

    /** The clusters that waited for a content; they do so no more. */
    List<String> takeWaiting(String digest) {
        String prefix = WAITING + digest + "|";
        List<String> keys = ClusterStores.keys(store, prefix, ClusterStores.end(prefix));
        keys.forEach(store::delete);
        return keys.stream().map(key -> key.substring(prefix.length())).toList();
    }

    /** The mark under a key of clusters or sources may be forgotten some time after this. */
    void forgetLater(String key, long at) {
        store.put(FORGET + time(at) + "|" + key, NOTHING);
    }

    /** The keys that were marked before a time; they are not told again. */
    List<String> takeForgotten(long before) {
        List<String> keys = ClusterStores.keys(store, FORGET, FORGET + time(before));
        keys.forEach(store::delete);
        return keys.stream()
                .map(key -> key.substring(key.indexOf('|', FORGET.length()) + 1))
                .toList();
    }

    private static String time(long at) {
        return "%019d".formatted(Math.max(0, at));
    }
}
