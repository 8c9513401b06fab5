package io.edgemc.summarizer.cluster;

import io.edgemc.api.content.Digest;
import io.edgemc.summarizer.contribution.Contributions;
import io.edgemc.summarizer.wire.JsonSerde;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of stage one. Keys of sources and bodies are those of the reports' topic, {@code <cluster uid>|<object key>}, so all
 * of a cluster lies together; those of placements are {@code <cluster uid>|<placement uid>}.
 */
final class ClusterStores {
    private static final String CLUSTERS = "clusters";
    private static final String SOURCES = "sources";
    private static final String PLACEMENTS = "placements";
    private static final String BODIES = "bodies";
    private static final String CONTENTS = "contents";
    private static final String REMINDERS = "reminders";
    private static final StringSerializer KEYS = new StringSerializer();

    /** After every character that object keys have. */
    private static final String END = "\uffff";

    private final KeyValueStore<String, ClusterFacts> clusters;
    private final KeyValueStore<String, Source> sources;
    private final KeyValueStore<String, Contributions> placements;
    private final KeyValueStore<String, ObjectNode> bodies;
    private final KeyValueStore<String, KnownContent> contents;
    private final Reminders reminders;
    private final ContentCache cache;

    ClusterStores(ProcessingContext context, ContentCache cache) {
        this.cache = cache;
        clusters = context.getStateStore(CLUSTERS);
        sources = context.getStateStore(SOURCES);
        placements = context.getStateStore(PLACEMENTS);
        bodies = context.getStateStore(BODIES);
        contents = context.getStateStore(CONTENTS);
        reminders = new Reminders(context.getStateStore(REMINDERS));
    }

    static List<StoreBuilder<?>> builders() {
        return List.of(
                builder(CLUSTERS, JsonSerde.of(ClusterFacts.class)),
                builder(SOURCES, JsonSerde.of(Source.class)),
                builder(PLACEMENTS, JsonSerde.of(Contributions.class)),
                builder(BODIES, JsonSerde.of(ObjectNode.class)),
                builder(CONTENTS, JsonSerde.of(KnownContent.class)),
                builder(REMINDERS, Serdes.String()));
    }

    static String[] names() {
        return new String[] {CLUSTERS, SOURCES, PLACEMENTS, BODIES, CONTENTS, REMINDERS};
    }

    private static <V> StoreBuilder<?> builder(String name, Serde<V> serde) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), serde);
    }

    ClusterFacts facts(String uid) {
        ClusterFacts facts = clusters.get(uid);
        return facts == null ? ClusterFacts.UNKNOWN : facts;
    }

    void put(String uid, ClusterFacts facts) {
        clusters.put(uid, facts);
    }

    void forget(String uid) {
        clusters.delete(uid);
    }

    /** Up to so many clusters, those after the given uid, in the order of the store. */
    List<KeyValue<String, ClusterFacts>> clustersAfter(String uid, int most) {
        List<KeyValue<String, ClusterFacts>> page = new ArrayList<>();
        try (KeyValueIterator<String, ClusterFacts> all = clusters.range(uid + '\0', null)) {
            while (all.hasNext() && page.size() < most) {
                page.add(all.next());
            }
        }
        return page;
    }

    @Nullable
    Source source(String key) {
        return sources.get(key);
    }

    void put(String key, Source source) {
        sources.put(key, source);
    }

    void deleteSource(String key) {
        sources.delete(key);
        bodies.delete(key);
    }

    void forEachSource(String uid, BiConsumer<String, Source> action) {
        try (KeyValueIterator<String, Source> all = sources.prefixScan(uid + "|", KEYS)) {
            while (all.hasNext()) {
                KeyValue<String, Source> next = all.next();
                action.accept(next.key, next.value);
            }
        }
    }

    /** Uids of the placements that contribute something at a cluster. */
    List<String> placements(String uid) {
        String prefix = uid + "|";
        List<String> uids = new ArrayList<>();
        try (KeyValueIterator<String, Contributions> all = placements.prefixScan(prefix, KEYS)) {
            while (all.hasNext()) {
                uids.add(all.next().key.substring(prefix.length()));
            }
        }
        return uids;
    }

    /** What a placement contributes at a cluster. */
    Contributions placement(String uid, String placement) {
        Contributions contributions = placements.get(uid + "|" + placement);
        return contributions == null ? Contributions.NONE : contributions;
    }

    void putPlacement(String uid, String placement, Contributions contributions) {
        if (contributions.isEmpty()) {
            placements.delete(uid + "|" + placement);
        } else {
            placements.put(uid + "|" + placement, contributions);
        }
    }

    @Nullable
    ObjectNode body(String key) {
        return bodies.get(key);
    }

    void putBody(String key, @Nullable ObjectNode body) {
        if (body == null) {
            bodies.delete(key);
        } else {
            bodies.put(key, body);
        }
    }

    @Nullable
    KnownContent content(Digest digest) {
        KnownContent known = cache.find(digest);
        if (known == null) {
            known = contents.get(digest.hex());
            if (known != null) {
                cache.keep(digest, known);
            }
        }
        return known;
    }

    void putContent(String digest, @Nullable KnownContent content) {
        if (content == null) {
            contents.delete(digest);
        } else {
            contents.put(digest, content);
        }
    }

    Reminders reminders() {
        return reminders;
    }

    /** Keys from one prefix on, in order, as long as they are before another. */
    static List<String> keys(KeyValueStore<String, String> store, String from, String to) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, String> all = store.range(from, to)) {
            while (all.hasNext()) {
                keys.add(all.next().key);
            }
        }
        return keys;
    }

    static String end(String prefix) {
        return prefix + END;
    }
}
