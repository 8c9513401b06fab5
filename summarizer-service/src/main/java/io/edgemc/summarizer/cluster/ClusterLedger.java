package io.edgemc.summarizer.cluster;

import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.target.Target;
import io.edgemc.summarizer.contribution.Contributions;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.group.Delta;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps what every source of every cluster contributes. Each change ends in one step: evaluate the source anew, emit the
 * difference to what it contributed before, keep the new. A relabelled cluster, an edited definition and a cluster that is gone
 * are no special cases of it, so none of them can leave anything behind.
 */
final class ClusterLedger {
    /** In one step of a back-fill: a cluster may have thousands of objects, one that is up to date costs nothing. */
    private static final int CLUSTERS_EVALUATED = 10;

    private static final int CLUSTERS_LOOKED_AT = 500;

    private final ClusterStores stores;
    private final DefinitionSet definitions;
    private final Emitter emitter;
    private final PlacementLedger placements;

    ClusterLedger(ClusterStores stores, DefinitionSet definitions, Consumer<Delta> sink) {
        this.stores = stores;
        this.definitions = definitions;
        this.emitter = new Emitter(definitions, sink);
        this.placements = new PlacementLedger(stores, definitions, emitter);
    }

    /** An edge says what it saw of an object. Older than what is known: ignored. The same object: nothing changes. */
    void reported(ObjectReport report, long at) {
        ClusterFacts facts = stores.facts(report.clusterUid());
        if (facts.gone()) {
            return;
        }
        String key = ReportKeys.object(report.clusterUid(), report.key());
        Source before = stores.source(key);
        if (before != null && !report.isAfter(before.epoch(), before.sequence())) {
            return;
        }
        ObjectNode body = isSecret(report.key()) ? null : report.object();
        Contributions now;
        if (before != null && !report.deleted() && before.hash().equals(report.hash())) {
            now = before.contributions();
        } else {
            now = evaluate(facts.variable(), report.key(), body);
            stores.putBody(key, body);
        }
        replace(key, before, Source.of(report, now), at);
        evaluatedInPart(report.clusterUid(), facts);
        if (report.deleted()) {
            stores.reminders().forgetLater(key, at);
        }
    }

    /** Nobody will speak of the object again. */
    void objectGone(String key, long at) {
        Source before = stores.source(key);
        if (before != null) {
            emitter.replace(before.contributions(), Contributions.NONE, at);
            stores.deleteSource(key);
        }
    }

    /** What is known of a cluster as a whole. */
    void reported(ClusterReport report, long at) {
        String uid = report.clusterUid();
        ClusterFacts facts = stores.facts(uid);
        ClusterReport before = facts.report();
        if (facts.gone() || before != null && !report.isAfter(before.epoch(), before.sequence())) {
            return;
        }
        evaluatePlacements(uid, facts.reported(report), at);
    }

    void clusterReportGone(String uid, long at) {
        ClusterFacts facts = stores.facts(uid);
        if (facts.report() != null) {
            evaluatePlacements(uid, facts.reported(null), at);
        }
    }

    /** The inventory names a cluster, or something of it changed. */
    void known(ClusterRecord record, long at) {
        String uid = record.uid();
        ClusterFacts before = stores.facts(uid);
        ClusterFacts now = before.named(record);
        if (ClusterFacts.variable(record).equals(before.variable())) {
            stores.put(uid, now);
        } else {
            evaluateAll(uid, now, at);
        }
    }

    /** The cluster is gone: all that it contributed is taken back, and all that was kept of it goes, but for a mark. */
    void gone(String uid, long at) {
        stores.forEachSource(uid, (key, source) -> {
            emitter.replace(source.contributions(), Contributions.NONE, at);
            stores.deleteSource(key);
        });
        placements.gone(uid, at);
        stores.put(uid, ClusterFacts.goneForGood());
        stores.reminders().forgetLater(uid, at);
    }

    void targeted(String uid, @Nullable Target target, long at) {
        ClusterFacts facts = stores.facts(uid);
        if (!facts.gone()) {
            evaluatePlacements(uid, facts.targeted(target), at);
        }
    }

    /** A combination or a decision came (or went, when nothing points to it any more). */
    void content(String digest, @Nullable KnownContent content, long at) {
        stores.putContent(digest, content);
        if (content != null) {
            for (String uid : stores.reminders().takeWaiting(digest)) {
                evaluatePlacements(uid, stores.facts(uid), at);
            }
        }
    }

    /** Evaluates all sources of a cluster under the present definitions. */
    private void evaluateAll(String uid, ClusterFacts facts, long at) {
        JsonNode variable = facts.variable();
        stores.forEachSource(uid, (key, source) -> {
            String object = ReportKeys.objectOf(key);
            if (!object.isEmpty() && !source.isDeleted()) {
                Contributions now = evaluate(variable, ObjectKey.parse(object), stores.body(key));
                replace(key, source, source.with(now), at);
            }
        });
        ClusterFacts now = placements(uid, facts, true, at);
        stores.put(uid, now.evaluatedUnder(definitions.version()));
    }

    /**
     * Evaluates some of the clusters after the given uid that were last evaluated under other definitions.
     *
     * @return the uid to go on after, null if that was all
     */
    @Nullable
    String evaluateOutdated(String after, long at) {
        String last = after;
        List<KeyValue<String, ClusterFacts>> page = stores.clustersAfter(after, CLUSTERS_LOOKED_AT);
        int evaluated = 0;
        for (KeyValue<String, ClusterFacts> cluster : page) {
            last = cluster.key;
            ClusterFacts facts = cluster.value;
            if (facts.record() != null && !facts.definitions().equals(definitions.version())) {
                evaluateAll(cluster.key, facts, at);
                if (++evaluated == CLUSTERS_EVALUATED) {
                    return last;
                }
            }
        }
        return page.size() < CLUSTERS_LOOKED_AT ? null : last;
    }

    /**
     * One source of the cluster was evaluated under the present definitions. If the others were under former ones, the cluster is
     * under none of both: else going back to the former ones would find nothing outdated.
     */
    private void evaluatedInPart(String uid, ClusterFacts facts) {
        if (!facts.definitions().isEmpty() && !facts.definitions().equals(definitions.version())) {
            stores.put(uid, facts.evaluatedUnder(""));
        }
    }

    /** Forgets marks of what was deleted before a time. */
    void sweep(long before) {
        for (String key : stores.reminders().takeForgotten(before)) {
            if (key.indexOf('|') < 0) {
                if (stores.facts(key).gone()) {
                    stores.forget(key);
                }
            } else {
                Source source = stores.source(key);
                if (source != null && source.isDeleted()) {
                    stores.deleteSource(key);
                }
            }
        }
    }

    private Contributions evaluate(@Nullable JsonNode cluster, ObjectKey key, @Nullable ObjectNode body) {
        return cluster == null || body == null ? Contributions.NONE : definitions.ofObject(cluster, key, body);
    }

    private void evaluatePlacements(String uid, ClusterFacts facts, long at) {
        ClusterFacts now = placements(uid, facts, false, at);
        stores.put(uid, now);
        evaluatedInPart(uid, now);
    }

    private ClusterFacts placements(String uid, ClusterFacts facts, boolean all, long at) {
        ClusterFacts now = placements.evaluate(uid, facts, all, at);
        if (facts.standing() == null && now.standing() != null) {
            // In data of former versions a cluster's placements are one source, under the key of the cluster: these
            // take its place.
            objectGone(ReportKeys.cluster(uid), at);
        }
        return now;
    }

    private void replace(String key, @Nullable Source before, Source now, long at) {
        emitter.replace(before == null ? Contributions.NONE : before.contributions(), now.contributions(), at);
        if (!now.equals(before)) {
            stores.put(key, now);
        }
    }

    private static boolean isSecret(ObjectKey key) {
        return key.group().isEmpty() && key.resource().equals("secrets");
    }
}
