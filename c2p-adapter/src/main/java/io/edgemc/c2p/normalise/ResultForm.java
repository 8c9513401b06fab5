package io.edgemc.c2p.normalise;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One result on its way to the normal form. */
final class ResultForm {
    /** Properties that keep what was reported where the view shows something else. */
    static final String NAMESPACE_PROPERTY = "edge-mc.io/policy-namespace";

    static final String SOURCE_PROPERTY = "edge-mc.io/policy-source";
    static final String REPORTED_PROPERTY = "edge-mc.io/reported-policy";

    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final RawReport raw;
    private final ObjectNode item;
    private final String source;
    private final PolicyName reported;

    ResultForm(RawReport raw, JsonNode item, int index, String reportSource) throws MalformedReportException {
        if (!(item instanceof ObjectNode object)) {
            throw new MalformedReportException("results[" + index + "] is not an object");
        }
        String policy = object.path("policy").asString("").strip();
        if (policy.isEmpty()) {
            throw new MalformedReportException("results[" + index + "] names no policy");
        }
        this.raw = raw;
        this.item = object;
        String own = object.path("source").asString("");
        this.source = own.isEmpty() ? reportSource : own;
        this.reported = PolicyName.reported(source, policy);
    }

    PolicyName reported() {
        return reported;
    }

    /** Null if the result is left out. */
    @Nullable
    NormalResult normal(PlacedPolicies placed, Subjects subjects, NormalRules rules) {
        Outcome said = Outcome.of(item.path("result").asString(""));
        Outcome outcome = said == Outcome.SKIP ? rules.skipAs() : said;
        if (outcome == null) {
            return null;
        }
        PolicyName policy = placed.resolve(reported);
        String rule = item.path("rule").asString("");
        Instant time = time();
        ObjectNode json = item.deepCopy();
        json.remove("resources");
        json.put("policy", policy.name()).put("result", outcome.text());
        if (!source.isEmpty()) {
            json.put("source", source);
        } else {
            json.remove("source");
        }
        json.put("message", message(policy, rule, outcome));
        json.putObject("timestamp").put("seconds", time.getEpochSecond()).put("nanos", time.getNano());
        keepOrigin(json, policy);
        return new NormalResult(policy, rule, outcome, time.getEpochSecond(), time.getNano(), subjects.of(item), json);
    }

    private String message(PolicyName policy, String rule, Outcome outcome) {
        String message = item.path("message").asString("").strip();
        if (!message.isEmpty()) {
            return message;
        }
        return policy.name() + (rule.isEmpty() ? "" : "/" + rule) + ": " + outcome.text();
    }

    private Instant time() {
        JsonNode timestamp = item.path("timestamp");
        long seconds = timestamp.path("seconds").asLong(-1);
        if (seconds >= 0 && seconds <= LAST_SECOND) {
            int nanos = timestamp.path("nanos").asInt(0);
            return Instant.ofEpochSecond(seconds, Math.clamp(nanos, 0, 999_999_999));
        }
        if (timestamp.isString()) {
            try {
                return Instant.parse(timestamp.stringValue());
            } catch (DateTimeParseException e) {
                // Not a time either: as if there were none.
                return raw.observedAt();
            }
        }
        return raw.observedAt();
    }

    private void keepOrigin(ObjectNode json, PolicyName policy) {
        if (!(json.get("properties") instanceof ObjectNode)) {
            json.remove("properties");
        }
        if (!policy.namespace().isEmpty()) {
            json.withObjectProperty("properties").put(NAMESPACE_PROPERTY, policy.namespace());
        }
        if (!policy.source().equals(source)) {
            json.withObjectProperty("properties").put(SOURCE_PROPERTY, policy.source());
        }
        String written = item.path("policy").asString("");
        if (!written.equals(policy.name())) {
            json.withObjectProperty("properties").put(REPORTED_PROPERTY, written);
        }
    }
}
