package io.edgemc.summarizer.contribution;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.summarizer.expression.ExpressionFailure;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Values as texts that a sorted store can keep: equal values have equal texts, and greater numbers have greater texts. */
public final class ValueText {
    private static final int MAX_LENGTH = 200;
    private static final int ORDER_LENGTH = 16;
    private static final int MAX_DIGITS = 100;

    private ValueText() {}

    /** A text for any value, its hash where it is long. */
    static String of(JsonNode value) {
        String json = canonical(value);
        return json.length() <= MAX_LENGTH ? json : "#" + Digest.sha256(json).hex();
    }

    /** Canonical JSON; fails the row for a number that is too long to be written. */
    static String canonical(JsonNode value) {
        try {
            return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ExpressionFailure("the value cannot be written: " + e.getMessage());
        }
    }

    /** Fails the row for what is not a number, and for one whose digits would fill the memory when written out. */
    static void requireNumber(JsonNode value) {
        if (!value.isNumber()) {
            throw new ExpressionFailure("the value is not a number but " + value.getNodeType());
        }
        BigDecimal number = value.decimalValue();
        if (Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS) {
            throw new ExpressionFailure("the number has more than " + MAX_DIGITS + " digits");
        }
    }

    /** A text that sorts as the number does, to the precision of a double. */
    static String ofNumber(BigDecimal number) {
        long bits = Double.doubleToLongBits(number.doubleValue());
        long ordered = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
        return HexFormat.of().toHexDigits(ordered, ORDER_LENGTH) + "|" + number.toPlainString();
    }

    /** The number in a text that {@link #ofNumber} made. */
    public static BigDecimal number(String text) {
        return new BigDecimal(text.substring(ORDER_LENGTH + 1));
    }
}
