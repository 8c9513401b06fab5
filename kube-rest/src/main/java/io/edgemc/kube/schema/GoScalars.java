package io.edgemc.kube.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Go's decoders of single values say of those that they cannot read. */
final class GoScalars {
    private static final String QUANTITY =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private GoScalars() {}

    /** Of a value whose JSON type does not fit. */
    static String refusal(JsonNode value, GoPlace go) {
        String type = go.plainType();
        return switch (type) {
            case "intstr.IntOrString" -> go.refusal(found(value, true), "int32");
            case "v1.Time", "v1.MicroTime" -> go.refusal(found(value, false), "string");
            case "resource.Quantity" -> QUANTITY;
            default -> go.refusal(found(value, isInteger(type)), type);
        };
    }

    /** Of a value whose JSON type fits; null if it can be read. */
    static @Nullable String unreadable(JsonNode value, Schema schema, GoPlace go) {
        if (schema.shape() == Schema.Shape.QUANTITY) {
            return Quantity.parsed(value.asString("").strip()) == null ? QUANTITY : null;
        }
        if (go.plainType().equals("[]uint8")) {
            return base64(value.asString(""));
        }
        return null;
    }

    private static String found(JsonNode value, boolean withNumber) {
        String type = Decoding.found(value);
        return type.equals("number") && withNumber ? type + " " + value : type;
    }

    private static boolean isInteger(String type) {
        return type.startsWith("int") || type.startsWith("uint");
    }

    /** The position is the one at which Go's decoder gives up: it reads four characters at a time. */
    private static @Nullable String base64(String text) {
        String plain = text.replace("\n", "").replace("\r", "");
        int broken = -1;
        int at = 0;
        while (at < plain.length() && BASE64.indexOf(plain.charAt(at)) >= 0) {
            at++;
        }
        int inGroup = at % 4;
        String rest = plain.substring(at);
        if (rest.isEmpty()) {
            broken = inGroup == 0 ? -1 : at - inGroup;
        } else if (rest.charAt(0) != '=' || inGroup < 2) {
            broken = at;
        } else if (inGroup == 2 && rest.length() == 1) {
            broken = plain.length();
        } else if (inGroup == 2 && rest.charAt(1) != '=') {
            broken = at;
        } else if (rest.length() > 4 - inGroup) {
            broken = at + 4 - inGroup;
        }
        return broken < 0 ? null : "illegal base64 data at input byte " + broken;
    }
}
