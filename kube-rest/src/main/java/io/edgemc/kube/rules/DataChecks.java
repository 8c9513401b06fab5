package io.edgemc.kube.rules;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** ConfigMaps and Secrets. */
final class DataChecks {
    private static final int MOST_BYTES = 1 << 20;
    private static final String KEY_RULE =
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                    + " 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    private static final String REDACTED = "<secret contents redacted>";

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

    private DataChecks() {}

    static void keys(String path, JsonNode data, Findings findings) {
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            String key = entry.getKey();
            String at = path + "[" + key + "]";
            if (key.equals(".") || key.equals("..")) {
                findings.invalid(at, key, "must not be '" + key + "'");
            } else if (key.startsWith("..")) {
                findings.invalid(at, key, "must not start with '..'");
            } else if (!key.matches("[-._a-zA-Z0-9]{1,253}")) {
                findings.invalid(at, key, KEY_RULE);
            }
        }
    }

    static void of(String kind, ObjectNode object, Findings findings) {
        JsonNode data = object.path("data");
        if (kind.equals("configmaps")) {
            for (Map.Entry<String, JsonNode> entry : object.path("binaryData").properties()) {
                if (data.has(entry.getKey())) {
                    findings.invalid(
                            "data[" + entry.getKey() + "]", entry.getKey(), "duplicate of key present in binaryData");
                }
            }
            size("[]", bytes(object.path("binaryData")) + length(data), findings);
            return;
        }
        size("data", bytes(data), findings);
        String type = object.path("type").asString("");
        for (String key : REQUIRED.getOrDefault(type, List.of())) {
            if (!data.has(key)) {
                findings.required("data[" + key + "]");
            } else if (key.startsWith(".docker") && !isJson(data.path(key))) {
                String first = text(data.path(key));
                findings.invalid(
                        "data[" + key + "]",
                        REDACTED,
                        first.isEmpty()
                                ? "unexpected end of JSON input"
                                : "invalid character '" + first.charAt(0) + "' looking for beginning of value");
            }
        }
        if (type.equals("kubernetes.io/basic-auth") && !data.has("username") && !data.has("password")) {
            findings.required("data[username]");
            findings.required("data[password]");
        }
        JsonNode account = object.path("metadata").path("annotations").path("kubernetes.io/service-account.name");
        if (type.equals("kubernetes.io/service-account-token")
                && account.asString("").isEmpty()) {
            findings.required("metadata.annotations[kubernetes.io/service-account.name]");
        }
    }

    private static void size(String field, long size, Findings findings) {
        if (size > MOST_BYTES) {
            findings.tooLong(field, MOST_BYTES);
        }
    }

    private static long length(JsonNode texts) {
        long sum = 0;
        for (JsonNode text : texts) {
            sum += text.asString("").length();
        }
        return sum;
    }

    private static long bytes(JsonNode encoded) {
        long sum = 0;
        for (JsonNode text : encoded) {
            sum += text.asString("").length() / 4 * 3L;
        }
        return sum;
    }

    private static boolean isJson(JsonNode encoded) {
        try {
            return JsonMapper.shared().readTree(text(encoded)).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String text(JsonNode encoded) {
        try {
            return new String(
                    java.util.Base64.getDecoder().decode(encoded.asString("")),
                    java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
