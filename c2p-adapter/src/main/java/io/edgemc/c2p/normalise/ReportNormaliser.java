package io.edgemc.c2p.normalise;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Brings reports to their normal form: one row of the table in this module's DESIGN.md per rule here. Stateless. */
public final class ReportNormaliser {
    private static final Set<String> METADATA =
            Set.of("name", "namespace", "uid", "creationTimestamp", "generation", "labels", "annotations");
    private static final List<String> HIDDEN_ANNOTATIONS =
            // The second names the cluster's identity; controllers copy it to objects that they make.
            List.of("kubectl.kubernetes.io/last-applied-configuration", "edge-mc.io/downsynced");

    private final NormalRules rules;

    public ReportNormaliser(NormalRules rules) {
        this.rules = rules;
    }

    /** The normal form; throws for an object that is no report, or one over the limit. */
    public NormalReport normalise(RawReport raw, PlacedPolicies placed) throws MalformedReportException {
        ObjectNode object = raw.object();
        Subjects subjects = new Subjects(raw, object.get("scope") instanceof ObjectNode scope ? scope : null);
        List<NormalResult> results = new ArrayList<>();
        boolean placementMatters = false;
        int index = 0;
        for (JsonNode item : results(object)) {
            ResultForm form =
                    new ResultForm(raw, item, index++, object.path("source").asString(""));
            placementMatters |= PlacedPolicies.matterFor(form.reported());
            NormalResult result = form.normal(placed, subjects, rules);
            if (result != null) {
                results.add(result);
            }
        }
        return new NormalReport(ReportKind.of(raw.key()), metadata(raw), subjects.scope(), results, placementMatters);
    }

    private ArrayNode results(ObjectNode object) throws MalformedReportException {
        @Nullable JsonNode results = object.get("results");
        if (results == null || results.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!(results instanceof ArrayNode array)) {
            throw new MalformedReportException("results is not a list");
        }
        if (array.size() > rules.maxResults()) {
            throw new MalformedReportException(
                    "the report has " + array.size() + " results, the limit is " + rules.maxResults());
        }
        return array;
    }

    private static ObjectNode metadata(RawReport raw) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        raw.object().path("metadata").properties().forEach(member -> {
            if (METADATA.contains(member.getKey())) {
                metadata.set(member.getKey(), member.getValue().deepCopy());
            }
        });
        metadata.put("name", raw.key().name());
        if (!raw.key().namespace().isEmpty()) {
            metadata.put("namespace", raw.key().namespace());
        }
        if (metadata.path("uid").asString("").isEmpty()) {
            metadata.put("uid", NameUuid.of(raw.cluster(), raw.key().text()));
        }
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(HIDDEN_ANNOTATIONS);
        }
        if (!(metadata.get("labels") instanceof ObjectNode)) {
            metadata.putObject("labels");
        }
        metadata.withObjectProperty("labels").put(MergedForm.CLUSTER_LABEL, raw.cluster());
        return metadata;
    }
}
