package io.edgemc.placement.resolve;

import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetDiff;
import io.edgemc.api.target.TargetState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plays an edge: applies the difference between successive targets and deletes for tombstones only. */
final class Edge {
    final Map<String, String> managed = new TreeMap<>();
    /** Left in place because nobody asked to delete them. */
    final Set<String> unclaimed = new TreeSet<>();

    private TargetState at = TargetState.EMPTY;

    void follow(TestHub hub, Target target) {
        for (EntryChange change : new TargetDiff(hub.tree()).diff(at, target.state())) {
            String key = change.key().text();
            ManifestEntry after = change.after();
            if (after == null) {
                if (managed.remove(key) != null && !key.startsWith("syncerconfigs")) {
                    unclaimed.add(key);
                }
            } else if (after.isDelete()) {
                managed.remove(key);
                if (after.flags().contains(EntryFlag.ORPHAN)) {
                    unclaimed.remove(key);
                }
            } else {
                managed.put(key, Json.text(hub.body(after)));
                unclaimed.remove(key);
            }
        }
        at = target.state();
        hub.acknowledged.merge(target.clusterUid(), target.revision(), Math::max);
        hub.model.acknowledged(target.clusterUid(), target.revision());
    }
}
