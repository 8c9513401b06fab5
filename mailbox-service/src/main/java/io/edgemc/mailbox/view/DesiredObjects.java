package io.edgemc.mailbox.view;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetState;
import io.edgemc.kube.store.KindRef;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.delivery.Differences;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What targets ask for, for views: states are shared by clusters, so each is read once. Thread-safe. */
final class DesiredObjects {
    private static final int CACHED_ENTRIES = 300_000;

    private final Differences differences;
    private final ContentStore contents;
    private final KeyRing keys;
    private final Cache<TargetState, Map<KindRef, List<ManifestEntry>>> byKind = Caffeine.newBuilder()
            .maximumWeight(CACHED_ENTRIES)
            .weigher((TargetState state, Map<KindRef, List<ManifestEntry>> entries) ->
                    1 + entries.values().stream().mapToInt(List::size).sum())
            .build();

    DesiredObjects(Differences differences, ContentStore contents, KeyRing keys) {
        this.differences = differences;
        this.contents = contents;
        this.keys = keys;
    }

    /** The entries of a kind that ask to hold an object. */
    List<ManifestEntry> ofKind(TargetState state, KindRef kind) {
        return byKind.get(
                        state,
                        wanted -> differences.entries(wanted).stream()
                                .filter(DesiredObjects::shown)
                                .collect(Collectors.groupingBy(entry -> new KindRef(
                                        entry.key().group(), entry.key().resource()))))
                .getOrDefault(kind, List.of());
    }

    /** The entry of a key that asks to hold it, or null. */
    @Nullable
    ManifestEntry find(TargetState state, ObjectKey key) {
        ManifestEntry entry = differences.reader().effective(state, key);
        return entry != null && shown(entry) ? entry : null;
    }

    /** The objects of contents that are here. */
    Map<Digest, ObjectNode> objects(Collection<@Nullable ManifestEntry> entries) {
        List<Digest> digests = entries.stream()
                .filter(Objects::nonNull)
                .map(ManifestEntry::content)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<Digest, ObjectNode> objects = new HashMap<>();
        for (Content content : contents.find(digests).values()) {
            objects.put(content.digest(), CanonicalJson.parseObject(keys.open(content)));
        }
        return objects;
    }

    /** Whether an entry is an object of the cluster, and not a setting of its syncer. */
    static boolean shown(ManifestEntry entry) {
        return !entry.isDelete() && !entry.key().group().equals("edge-mc.io");
    }
}
