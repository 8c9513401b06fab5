package io.edgemc.c2p.placed;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetDiff;
import io.edgemc.api.target.TargetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which policies two targets differ by. Computed once for all clusters that make the same step. Not thread-safe. */
public final class PolicyDiffs {
    private static final int CACHED_STEPS = 1_000;

    private record Step(TargetState from, TargetState to) {}

    private final TargetDiff targets;
    private final Map<Step, List<PolicyChange>> steps = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Step, List<PolicyChange>> eldest) {
            return size() > CACHED_STEPS;
        }
    };

    public PolicyDiffs(Contents contents) {
        this.targets = new TargetDiff(new ManifestTree(contents));
    }

    /** The policies that differ; throws {@link MissingContentException} if a node of either side is not here. */
    public List<PolicyChange> between(TargetState from, TargetState to) {
        Step step = new Step(from, to);
        List<PolicyChange> known = steps.get(step);
        if (known == null) {
            known = targets.diff(from, to).stream()
                    .filter(change -> PolicyKinds.policy(change.key()) != null)
                    .map(PolicyDiffs::change)
                    .toList();
            steps.put(step, known);
        }
        return known;
    }

    /**
     * The same when the nodes of the older target are gone already: against what is known to be placed.
     *
     * @throws MissingContentException if a node of the target is not here
     */
    public List<PolicyChange> against(Map<ObjectKey, Digest> placed, TargetState to) {
        Map<ObjectKey, Digest> left = new HashMap<>(placed);
        List<PolicyChange> changes = new ArrayList<>();
        for (ManifestEntry entry : targets.entries(to)) {
            if (!entry.isDelete() && PolicyKinds.policy(entry.key()) != null) {
                Digest before = left.remove(entry.key());
                if (!java.util.Objects.equals(before, entry.content())) {
                    changes.add(new PolicyChange(entry.key(), entry.content()));
                }
            }
        }
        left.keySet().forEach(key -> changes.add(new PolicyChange(key, null)));
        return changes;
    }

    private static PolicyChange change(EntryChange change) {
        @Nullable ManifestEntry after = change.after();
        return new PolicyChange(change.key(), after == null ? null : after.content());
    }
}
