package io.edgemc.kube.schema;

import java.nio.charset.StandardCharsets;

/**
 * Halves of surrogate pairs: Java's texts hold them, UTF-8 has none, and what is stored with one cannot be read again. They become
 * U+FFFD, as where Go reads JSON.
 */
public final class Surrogates {
    private static final byte[] REPLACEMENT = "fffd".getBytes(StandardCharsets.US_ASCII);
    /** A backslash, {@code u}, four digits. */
    private static final int ESCAPE = 6;

    private Surrogates() {}

    /** JSON without escapes of single halves; the same array if there are none. */
    public static byte[] repaired(byte[] json) {
        byte[] result = json;
        for (int i = 0; i < json.length - 1; i++) {
            if (json[i] != '\\') {
                continue;
            }
            int unit = unit(json, i);
            if (unit < 0) {
                i++; // another escape
            } else if (Character.isHighSurrogate((char) unit) && isLow(json, i + ESCAPE)) {
                i += 2 * ESCAPE - 1;
            } else {
                if (Character.isSurrogate((char) unit)) {
                    result = result == json ? json.clone() : result;
                    System.arraycopy(REPLACEMENT, 0, result, i + 2, REPLACEMENT.length);
                }
                i += ESCAPE - 1;
            }
        }
        return result;
    }

    /** A text without single halves. */
    public static String repaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? 0xfffd : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static boolean isLow(byte[] json, int at) {
        int unit = unit(json, at);
        return unit >= 0 && Character.isLowSurrogate((char) unit);
    }

    /** What the escape at a place stands for; -1 if there is none of four digits. */
    private static int unit(byte[] json, int at) {
        if (at + ESCAPE > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
