package io.edgemc.kube.cel;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of {@code x-kubernetes-validations}, as written.
 *
 * @param message empty if there is none
 * @param reason empty for the usual one
 * @param fieldPath empty for the value itself
 */
record RuleText(
        String rule,
        String message,
        String messageExpression,
        String reason,
        String fieldPath,
        @Nullable Boolean optionalOldSelf) {
    static RuleText of(JsonNode entry) {
        return new RuleText(
                entry.path("rule").asString(""),
                entry.path("message").asString(""),
                entry.path("messageExpression").asString(""),
                entry.path("reason").asString(""),
                entry.path("fieldPath").asString(""),
                entry.has("optionalOldSelf") ? entry.path("optionalOldSelf").asBoolean(false) : null);
    }

    boolean optional() {
        return Boolean.TRUE.equals(optionalOldSelf);
    }

    /** What is said where no message expression says more. */
    String fixedMessage() {
        return message.isBlank() ? "failed rule: " + rule.strip() : message.strip();
    }

    /** How errors of its evaluation name it. */
    String name() {
        return message.isBlank() ? rule.strip() : message.strip();
    }

    /** In the form that an API server shows of it. */
    String shown() {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("Rule", rule)
                .put("Message", message)
                .put("MessageExpression", messageExpression)
                .put("Reason", reason.isEmpty() ? null : reason)
                .put("FieldPath", fieldPath)
                .put("OptionalOldSelf", optionalOldSelf);
        return shown.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
