package io.edgemc.kube.write;

import io.edgemc.kube.schema.FieldProblem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an API server wants of ConfigMaps and Secrets beyond their schema: keys, sizes, and what an own type of Secret holds. */
final class DataRules {
    private static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_KEY = 253;
    private static final String REDACTED = "\"<secret contents redacted>\"";
    private static final String KEY_RULE =
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',"
                    + "  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    private static final String FROZEN = "field is immutable when `immutable` is set";
    private static final Map<String, List<String>> KEYS_OF_TYPE = Map.of(
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

    private DataRules() {}

    static List<FieldProblem> ofConfigMap(@Nullable ObjectNode before, ObjectNode map) {
        List<FieldProblem> problems = new ArrayList<>(frozen(before, map, "data", "binaryData"));
        JsonNode data = map.path("data");
        JsonNode binary = map.path("binaryData");
        long size = 0;
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            problems.addAll(key("data", entry.getKey()));
            if (binary.has(entry.getKey())) {
                problems.add(FieldProblem.invalid(
                        "data[" + entry.getKey() + "]",
                        "\"" + entry.getKey() + "\"",
                        "duplicate of key present in binaryData"));
            }
            size += entry.getValue().asString("").length();
        }
        for (Map.Entry<String, JsonNode> entry : binary.properties()) {
            problems.addAll(key("binaryData", entry.getKey()));
            size += entry.getValue().asString("").length() / 4 * 3L;
        }
        if (size > MOST_BYTES) {
            problems.add(tooLong(""));
        }
        return problems;
    }

    static List<FieldProblem> ofSecret(@Nullable ObjectNode before, ObjectNode secret) {
        List<FieldProblem> problems = new ArrayList<>(frozen(before, secret, "data"));
        JsonNode type = secret.path("type");
        if (before != null && !before.path("type").equals(type)) {
            problems.add(0, FieldProblem.invalid("type", type.toString(), "field is immutable"));
        }
        JsonNode data = secret.path("data");
        long size = 0;
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            problems.addAll(key("data", entry.getKey()));
            size += entry.getValue().asString("").length() / 4 * 3L;
        }
        if (size > MOST_BYTES) {
            problems.add(tooLong("data"));
        }
        problems.addAll(ofType(type.asString(""), secret));
        return problems;
    }

    private static List<FieldProblem> ofType(String type, ObjectNode secret) {
        JsonNode data = secret.path("data");
        List<FieldProblem> problems = new ArrayList<>();
        for (String wanted : KEYS_OF_TYPE.getOrDefault(type, List.of())) {
            if (!data.has(wanted)) {
                problems.add(FieldProblem.required("data[" + wanted + "]"));
            } else if (wanted.startsWith(".docker") && !isJson(data.get(wanted))) {
                problems.add(FieldProblem.invalid(
                        "data[" + wanted + "]", REDACTED, "invalid character looking for beginning of value"));
            }
        }
        if (type.equals("kubernetes.io/basic-auth") && !data.has("username") && !data.has("password")) {
            problems.add(FieldProblem.required("data[username]"));
            problems.add(FieldProblem.required("data[password]"));
        }
        String account = "kubernetes.io/service-account.name";
        if (type.equals("kubernetes.io/service-account-token")
                && secret.path("metadata")
                        .path("annotations")
                        .path(account)
                        .asString("")
                        .isEmpty()) {
            problems.add(FieldProblem.required("metadata.annotations[" + account + "]"));
        }
        return problems;
    }

    private static boolean isJson(JsonNode base64) {
        try {
            JsonMapper.shared().readTree(Base64.getDecoder().decode(base64.asString("")));
            return true;
        } catch (JacksonException | IllegalArgumentException e) {
            return false;
        }
    }

    /** What was declared immutable stays as it is, and immutable. */
    private static List<FieldProblem> frozen(@Nullable ObjectNode before, ObjectNode after, String... members) {
        List<FieldProblem> problems = new ArrayList<>();
        if (before != null && before.path("immutable").asBoolean(false)) {
            if (!after.path("immutable").asBoolean(false)) {
                problems.add(FieldProblem.forbidden("immutable", FROZEN));
            }
            for (String member : members) {
                if (!before.path(member).equals(after.path(member))) {
                    problems.add(FieldProblem.forbidden(member, FROZEN));
                }
            }
        }
        return problems;
    }

    private static List<FieldProblem> key(String member, String key) {
        String at = member + "[" + key + "]";
        String quoted = "\"" + key + "\"";
        if (key.length() > LONGEST_KEY) {
            return List.of(FieldProblem.invalid(at, quoted, "must be no more than 253 characters"));
        }
        boolean plain = !key.isEmpty() && key.chars().allMatch(DataRules::isKeyCharacter);
        if (!plain) {
            return List.of(FieldProblem.invalid(at, quoted, KEY_RULE));
        }
        return key.startsWith("..") || key.equals(".")
                ? List.of(FieldProblem.invalid(at, quoted, "must not start with '..'"))
                : List.of();
    }

    private static boolean isKeyCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.".indexOf(c) >= 0;
    }

    private static FieldProblem tooLong(String field) {
        return new FieldProblem(
                field, FieldProblem.Type.TOO_LONG, "Too long: may not be more than " + MOST_BYTES + " bytes");
    }
}
