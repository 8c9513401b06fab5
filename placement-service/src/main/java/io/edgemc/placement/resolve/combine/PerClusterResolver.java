package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.combine.Decider.Candidate;
import io.edgemc.placement.resolve.combine.Decider.Decided;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out one key for one cluster. Whatever fails, what the cluster holds of it stays (the domain rules, §5). */
final class PerClusterResolver {
    private final Renderer renderer;
    private final Decider decider;

    PerClusterResolver(Renderer renderer, Decider decider) {
        this.renderer = renderer;
        this.decider = decider;
    }

    /**
     * @param entry null if the cluster is to hold none
     */
    record Resolved(@Nullable ManifestEntry entry, @Nullable Trouble trouble) {}

    /**
     * @param present what the cluster's target says of the key until now
     */
    Resolved resolve(ObjectKey key, Outcome.PerCluster outcome, ClusterFacts cluster, @Nullable ManifestEntry present) {
        ManifestEntry held = present == null || present.isDelete() ? null : present;
        Digest heldContent = held == null ? null : held.content();
        List<Candidate> candidates = new ArrayList<>();
        List<Trouble.Failure> failures = new ArrayList<>();
        for (Source source : outcome.sources()) {
            switch (renderer.render(source, cluster, heldContent)) {
                case Renderer.Result.Rendered rendered -> candidates.add(new Candidate(source, rendered.content()));
                case Renderer.Result.Failed failed ->
                    failures.add(new Trouble.Failure(source, failed.field(), failed.reason()));
            }
        }
        if (!failures.isEmpty()) {
            return new Resolved(held, new Trouble(failures, null, held != null, null));
        }
        Decided decided = decider.decide(key, candidates, outcome.flags(), outcome.policy(), outcome.companion());
        if (decided.contest() == null) {
            return new Resolved(decided.entry(), null);
        }
        if (decided.entry() != null) {
            return new Resolved(decided.entry(), new Trouble(List.of(), decided.contest(), false, null));
        }
        return new Resolved(held, new Trouble(List.of(), decided.contest(), held != null, holder(candidates, held)));
    }

    private static @Nullable String holder(List<Candidate> candidates, @Nullable ManifestEntry held) {
        if (held == null) {
            return null;
        }
        return candidates.stream()
                .filter(candidate -> candidate.content().equals(held.content()))
                .map(candidate -> candidate.source().space())
                .findFirst()
                .orElse(null);
    }
}
