package io.edgemc.placement.desired;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.StoredContent;
import io.edgemc.placement.status.Deliveries;
import io.edgemc.placement.status.Deliveries.Aim;
import io.edgemc.placement.status.Deliveries.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where clusters are and where they should be, with the contents that say which placements that concerns. Engine's thread only. */
final class Standings {
    private static final int REMEMBERED = 2_000;

    private final StoredContent contents;
    private final Deliveries deliveries = new Deliveries();
    private final Map<String, Known> reports = new HashMap<>();
    /** What was known before of the clusters whose reports are not stored yet; nothing where nothing was. */
    private final Map<String, Optional<Known>> before = new HashMap<>();

    private final Map<Digest, Object> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(ClusterReport report, Standing standing) {}

    Standings(StoredContent contents) {
        this.contents = contents;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    @Nullable
    ClusterReport report(String clusterUid) {
        Known known = reports.get(clusterUid);
        return known == null ? null : known.report();
    }

    /** Contents that were just committed need not be read back. */
    void learn(List<Content> fresh) {
        for (Content content : fresh) {
            if (content.kind() == ContentKind.COMBINATION) {
                remembered.put(content.digest(), ApiJson.MAPPER.readValue(content.bytes(), Combination.class));
            }
        }
    }

    void target(Target target) {
        Digest combination = target.combination();
        deliveries.aim(
                target.clusterUid(),
                new Aim(
                        target.revision(),
                        target.since(),
                        combination == null
                                ? List.of()
                                : combination(combination).placements()));
    }

    /** To be followed by {@link #stored} or {@link #lost}. */
    void report(ClusterReport report) {
        Set<PlacementId> failed = new HashSet<>();
        for (ObjectException exception : report.exceptions()) {
            Digest decision = exception.decision();
            if (decision != null) {
                for (Decision.Source source : sources(decision)) {
                    failed.add(new PlacementId(source.space(), source.name(), source.uid()));
                }
            }
        }
        String uid = report.clusterUid();
        before.putIfAbsent(uid, Optional.ofNullable(reports.get(uid)));
        put(uid, new Known(report, new Standing(report.appliedRevision(), report.stale(), failed)));
    }

    private void put(String clusterUid, Known known) {
        reports.put(clusterUid, known);
        deliveries.standing(clusterUid, known.standing());
    }

    /** What was reported is durable. */
    void stored() {
        before.clear();
    }

    /** What was reported since the last {@link #stored} is not, and will come again. */
    void lost() {
        before.forEach((uid, known) -> known.ifPresentOrElse(former -> put(uid, former), () -> {
            reports.remove(uid);
            deliveries.standing(uid, Standing.UNKNOWN);
        }));
        before.clear();
    }

    void gone(String clusterUid) {
        reports.remove(clusterUid);
        deliveries.gone(clusterUid);
    }

    private Combination combination(Digest digest) {
        return (Combination) remembered.computeIfAbsent(
                digest, key -> ApiJson.MAPPER.readValue(contents.content(key).bytes(), Combination.class));
    }

    private List<Decision.Source> sources(Digest digest) {
        if (remembered.get(digest) instanceof Decision known) {
            return known.placements();
        }
        Decision decision = read(digest);
        if (decision == null) {
            return List.of();
        }
        remembered.put(digest, decision);
        return decision.placements();
    }

    /** Null if an edge names what is not a decision, or one that was swept meanwhile: no placement is to blame then. */
    private @Nullable Decision read(Digest digest) {
        Content content;
        try {
            content = contents.content(digest);
        } catch (IllegalStateException unknown) {
            return null;
        }
        return content.kind() == ContentKind.DECISION
                ? ApiJson.MAPPER.readValue(content.bytes(), Decision.class)
                : null;
    }
}
