package io.edgemc.summarizer.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.target.Target;
import io.edgemc.summarizer.delivery.Standing;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stage one knows of a cluster as a whole. Topics say it in any order: reports may come before the cluster is known.
 *
 * @param record null while the inventory has not named it, and after it is gone: nothing of it shows then
 * @param report null before the first
 * @param target null before the first
 * @param standing what the states of its placements were last computed from, null before the first time; so also in data of
 *     a version in which the placements of a cluster were one source
 * @param gone the inventory said that it is gone; late reports of it are dropped
 * @param definitions version of the definitions under which all its sources were last evaluated, {@code ""} for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClusterFacts(
        @Nullable ClusterRecord record,
        @Nullable ClusterReport report,
        @Nullable Target target,
        @Nullable Standing standing,
        boolean gone,
        String definitions) {
    static final ClusterFacts UNKNOWN = new ClusterFacts(null, null, null, null, false, "");

    /** The cluster is in the inventory; a restored hub may name one again that was gone. */
    ClusterFacts named(ClusterRecord newRecord) {
        return new ClusterFacts(newRecord, report, target, standing, false, definitions);
    }

    ClusterFacts reported(@Nullable ClusterReport newReport) {
        return new ClusterFacts(record, newReport, target, standing, gone, definitions);
    }

    ClusterFacts targeted(@Nullable Target newTarget) {
        return new ClusterFacts(record, report, newTarget, standing, gone, definitions);
    }

    ClusterFacts standing(Standing newStanding) {
        return new ClusterFacts(record, report, target, newStanding, gone, definitions);
    }

    ClusterFacts evaluatedUnder(String version) {
        return new ClusterFacts(record, report, target, standing, gone, version);
    }

    static ClusterFacts goneForGood() {
        return new ClusterFacts(null, null, null, null, true, "");
    }

    /** The variable {@code cluster} of expressions; null while nothing of the cluster may show. */
    @JsonIgnore
    @Nullable
    JsonNode variable() {
        return record == null ? null : variable(record);
    }

    /** What expressions see of a record; a change of anything else changes no summary. */
    static JsonNode variable(ClusterRecord record) {
        ObjectNode cluster =
                ApiJson.MAPPER.createObjectNode().put("uid", record.uid()).put("name", record.name());
        cluster.set("labels", ApiJson.MAPPER.valueToTree(record.labels()));
        cluster.set("properties", ApiJson.MAPPER.valueToTree(record.properties()));
        return cluster;
    }
}
