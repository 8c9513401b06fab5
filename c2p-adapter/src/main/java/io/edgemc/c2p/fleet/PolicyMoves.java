package io.edgemc.c2p.fleet;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.c2p.cluster.Clusters;
import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Changes;
import io.edgemc.c2p.ledger.ServedKey;
import io.edgemc.c2p.normalise.MergedForm;
import io.edgemc.c2p.normalise.NameUuid;
import io.edgemc.c2p.normalise.PolicyName;
import io.edgemc.c2p.placed.Contents;
import io.edgemc.c2p.placed.Placements;
import io.edgemc.c2p.placed.PolicyChange;
import io.edgemc.c2p.placed.PolicyDiffs;
import io.edgemc.c2p.placed.PolicyKinds;
import io.edgemc.c2p.report.Servings;
import io.edgemc.c2p.total.Edits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Follows a cluster's target: which policies came, changed, left. To be called in a ledger transaction. */
final class PolicyMoves {
    private final Targets targets;
    private final Contents contents;
    private final PolicyDiffs diffs;
    private final Placements placements;
    private final Servings servings;
    private final Clusters clusters;

    PolicyMoves(
            Targets targets,
            Contents contents,
            PolicyDiffs diffs,
            Placements placements,
            Servings servings,
            Clusters clusters) {
        this.targets = targets;
        this.contents = contents;
        this.diffs = diffs;
        this.placements = placements;
        this.servings = servings;
        this.clusters = clusters;
    }

    /** Brings what is known of a cluster's policies to its target, or parks it until the content that is missing comes. */
    void advance(String clusterUid, Edits edits, Changes changes) {
        targets.course(clusterUid)
                .filter(course -> !course.walked().equals(course.wanted()))
                .ifPresent(course -> advance(course, edits, changes));
    }

    private void advance(Targets.Course course, Edits edits, Changes changes) {
        String uid = course.clusterUid();
        List<PolicyChange> moves;
        Map<Digest, ObjectNode> policies = new HashMap<>();
        try {
            moves = moves(course);
            for (PolicyChange move : moves) {
                Digest content = move.content();
                if (content != null) {
                    policies.put(content, CanonicalJson.parseObject(contents.bytes(content)));
                }
            }
        } catch (MissingContentException e) {
            targets.park(uid, e.digest());
            return;
        }
        KnownCluster cluster = clusters.get(uid);
        for (PolicyChange move : moves) {
            Digest content = move.content();
            placements.change(uid, move);
            PolicyName policy = Objects.requireNonNull(PolicyKinds.policy(move.key()));
            edits.placed(uid, policy.id(), content != null);
            if (content == null) {
                withdraw(cluster, move.key(), changes);
            } else {
                serve(cluster, move.key(), Objects.requireNonNull(policies.get(content)), changes);
            }
        }
        targets.arrived(course);
        if (!moves.isEmpty() && cluster.name() != null) {
            servings.again(cluster, true, edits, changes);
        }
    }

    private List<PolicyChange> moves(Targets.Course course) {
        try {
            return diffs.between(course.walked(), course.wanted());
        } catch (MissingContentException e) {
            // The older target's nodes may be gone for good; the newer one's have to be here or will come.
            return diffs.against(placements.all(course.clusterUid()), course.wanted());
        }
    }

    /** The policies of a cluster whose name became known. */
    void serveAll(KnownCluster cluster, Changes changes) {
        placements.all(cluster.uid()).forEach((key, content) -> {
            try {
                serve(cluster, key, CanonicalJson.parseObject(contents.bytes(content)), changes);
            } catch (MissingContentException e) {
                // It was replaced meanwhile; the target that did so is on its way and brings its own.
                targets.park(cluster.uid(), e.digest());
            }
        });
    }

    void removeCluster(KnownCluster cluster, Changes changes) {
        placements.all(cluster.uid()).keySet().forEach(key -> withdraw(cluster, key, changes));
        placements.removeCluster(cluster.uid());
        targets.remove(cluster.uid());
    }

    private static void withdraw(KnownCluster cluster, ObjectKey key, Changes changes) {
        if (PolicyKinds.isServed(key) && cluster.name() != null) {
            changes.withdraw(served(cluster, key));
        }
    }

    private static void serve(KnownCluster cluster, ObjectKey key, ObjectNode policy, Changes changes) {
        String name = cluster.name();
        if (!PolicyKinds.isServed(key) || name == null) {
            return;
        }
        ObjectNode object = policy.deepCopy();
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.put("uid", NameUuid.of(name, key.text()));
        metadata.withObjectProperty("labels").put(MergedForm.CLUSTER_LABEL, name);
        changes.serve(served(cluster, key), object);
    }

    private static ServedKey served(KnownCluster cluster, ObjectKey key) {
        return new ServedKey(
                cluster.uid(),
                Objects.requireNonNull(cluster.name()),
                key.group(),
                key.resource(),
                key.namespace(),
                key.name());
    }
}
