package io.edgemc.summarizer.cluster;

import io.edgemc.api.content.Digest;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import io.edgemc.summarizer.contribution.Contributions;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.delivery.DeliveryRule;
import io.edgemc.summarizer.delivery.PlacementState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the placements of a cluster contribute, from its target, its report, and contents that may not be here yet. */
final class PlacementEvaluation {
    private final ClusterStores stores;
    private final DefinitionSet definitions;

    PlacementEvaluation(ClusterStores stores, DefinitionSet definitions) {
        this.stores = stores;
        this.definitions = definitions;
    }

    /** The contributions, null while the combination is not known: what was known before stays until it comes. */
    @Nullable
    Contributions evaluate(String uid, ClusterFacts facts) {
        JsonNode cluster = facts.variable();
        Target target = facts.target();
        Digest combination = target == null ? null : target.combination();
        if (cluster == null || target == null || combination == null) {
            return Contributions.NONE;
        }
        KnownContent content = stores.content(combination);
        if (content == null || content.combination() == null) {
            stores.reminders().await(combination, uid);
            return null;
        }
        List<PlacementState> states =
                DeliveryRule.states(target, content.combination(), facts.report(), digest -> decision(digest, uid));
        return definitions.ofPlacements(
                cluster, states.stream().map(PlacementState::json).toList());
    }

    private @Nullable Decision decision(Digest digest, String uid) {
        KnownContent content = stores.content(digest);
        if (content == null) {
            stores.reminders().await(digest, uid);
            return null;
        }
        return content.decision();
    }
}
