package io.edgemc.mailbox.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.target.TargetDiff;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.content.ContentStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What lies between two states, found once however many clusters make the same step. Only differences whose contents are all here
 * are given out. Thread-safe.
 */
public final class Differences {
    private static final int CACHED_CHANGES = 500_000;

    private final ContentStore contents;
    private final TargetDiff diff;
    private final Cache<Step, List<EntryChange>> steps = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHANGES)
            .weigher((Step step, List<EntryChange> changes) -> changes.size() + 1)
            .build();

    public Differences(ContentStore contents) {
        this.contents = contents;
        this.diff = new TargetDiff(new ManifestTree(contents));
    }

    /** From one state to another. */
    record Step(TargetState from, TargetState to) {}

    /** The effective changes, sorted by key. Throws {@link MissingContentException} if something of them is not here yet. */
    public List<EntryChange> between(TargetState from, TargetState to) {
        return steps.get(new Step(from, to), step -> {
            List<EntryChange> changes = List.copyOf(diff.diff(step.from(), step.to()));
            Set<Digest> applied = new LinkedHashSet<>();
            for (EntryChange change : changes) {
                ManifestEntry after = change.after();
                if (after != null && after.content() != null) {
                    applied.add(after.content());
                }
            }
            contents.firstMissing(applied).ifPresent(missing -> {
                throw new MissingContentException(missing);
            });
            return changes;
        });
    }

    /** All effective entries of a state, sorted by key. */
    public List<ManifestEntry> entries(TargetState state) {
        return diff.entries(state);
    }

    /** Reads single entries of states. */
    public TargetDiff reader() {
        return diff;
    }
}
