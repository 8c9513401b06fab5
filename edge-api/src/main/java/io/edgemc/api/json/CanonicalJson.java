package io.edgemc.api.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One byte string for one JSON value: UTF-8, members sorted by UTF-16 code units, no white space, shortest escapes, numbers
 * without exponent, leading plus or trailing zeros. The digest of a content is taken over it.
 */
public final class CanonicalJson {
    /** Deeper values are refused. */
    public static final int MAX_DEPTH = 100;

    /** Numbers with more digits, or exponents that would write more, are refused. */
    private static final int MAX_NUMBER_LENGTH = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /** The canonical bytes of a value; throws {@link IllegalArgumentException} for numbers that are too long to write. */
    public static byte[] bytes(JsonNode value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        write(value, out);
        return out.toByteArray();
    }

    /** Parses one JSON value within the limits; throws {@link IllegalArgumentException} that says where it is wrong. */
    public static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a JSON value within the limits: " + e.getOriginalMessage(), e);
        }
    }

    /** Parses a JSON object; throws {@link IllegalArgumentException} for anything else. */
    public static ObjectNode parseObject(byte[] json) {
        if (parse(json) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private static void write(JsonNode value, ByteArrayOutputStream out) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out);
            case ARRAY -> writeArray(value, out);
            case STRING -> writeString(value.stringValue(), out);
            case NUMBER -> ascii(number(value), out);
            case BOOLEAN -> ascii(value.booleanValue() ? "true" : "false", out);
            case NULL -> ascii("null", out);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    private static void writeObject(JsonNode object, ByteArrayOutputStream out) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        members.sort(Map.Entry.comparingByKey());
        out.write('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            writeString(members.get(i).getKey(), out);
            out.write(':');
            write(members.get(i).getValue(), out);
        }
        out.write('}');
    }

    private static void writeArray(JsonNode array, ByteArrayOutputStream out) {
        out.write('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            write(array.get(i), out);
        }
        out.write(']');
    }

    private static void writeString(String text, ByteArrayOutputStream out) {
        StringBuilder escaped = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    // A lone surrogate has no UTF-8 form; escaped it stays itself.
                    if (c < ' ' || isLoneSurrogate(text, i)) {
                        escaped.append(String.format("\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        out.writeBytes(escaped.append('"').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        BigDecimal number = value.decimalValue();
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (Math.abs((long) stripped.scale()) + stripped.precision() > MAX_NUMBER_LENGTH) {
            throw new IllegalArgumentException("a number has more than " + MAX_NUMBER_LENGTH + " digits");
        }
        return stripped.toPlainString();
    }

    private static void ascii(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
