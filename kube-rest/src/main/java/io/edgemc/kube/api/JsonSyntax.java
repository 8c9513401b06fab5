package io.edgemc.kube.api;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Says where a text stops being JSON, in the words of Go's encoding/json, which clients of API servers know. Looks at each
 * byte once; nested as deeply as the text is long.
 */
public final class JsonSyntax {
    private static final String END = "unexpected end of JSON input";

    private final byte[] text;
    /** For each open level, whether it is an object. */
    private final BitSet objects = new BitSet();

    private int depth;
    private int at;

    private JsonSyntax(byte[] text) {
        this.text = text;
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message, null, false, false);
        }
    }

    /** What is wrong; empty if nothing is. */
    public static String problem(byte[] text) {
        try {
            new JsonSyntax(text).whole();
            return "";
        } catch (Broken e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void whole() throws Broken {
        value("looking for beginning of value");
        while (depth > 0) {
            boolean object = objects.get(depth - 1);
            int c = next();
            if (c == ',') {
                if (object) {
                    key("looking for beginning of object key string");
                }
                value("looking for beginning of value");
            } else if (c == (object ? '}' : ']')) {
                depth--;
            } else {
                throw wrong(c, object ? "after object key:value pair" : "after array element");
            }
        }
        skipSpace();
        if (at < text.length) {
            throw wrong(text[at], "after top-level value");
        }
    }

    /** One value; of an object or list its beginning, down to its first value that is none. */
    private void value(String context) throws Broken {
        String where = context;
        while (true) {
            int c = next();
            if (c == '{') {
                objects.set(depth++);
                if (closes('}')) {
                    return;
                }
                key("looking for beginning of object key string");
                where = "looking for beginning of value";
            } else if (c == '[') {
                objects.clear(depth++);
                if (closes(']')) {
                    return;
                }
                where = "looking for beginning of value";
            } else {
                scalar(c, where);
                return;
            }
        }
    }

    private boolean closes(char end) {
        skipSpace();
        if (at < text.length && text[at] == end) {
            at++;
            depth--;
            return true;
        }
        return false;
    }

    private void key(String context) throws Broken {
        int c = next();
        if (c != '"') {
            throw wrong(c, context);
        }
        string();
        int colon = next();
        if (colon != ':') {
            throw wrong(colon, "after object key");
        }
    }

    private void scalar(int c, String context) throws Broken {
        switch (c) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-' -> {
                int digit = read();
                if (digit < '0' || digit > '9') {
                    throw wrong(digit, "in numeric literal");
                }
                number(digit);
            }
            default -> {
                if (c < '0' || c > '9') {
                    throw wrong(c, context);
                }
                number(c);
            }
        }
    }

    private void number(int first) throws Broken {
        if (first != '0') {
            digits();
        }
        if (at < text.length && text[at] == '.') {
            at++;
            oneDigit("after decimal point in numeric literal");
            digits();
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < text.length && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            oneDigit("in exponent of numeric literal");
            digits();
        }
    }

    private void oneDigit(String context) throws Broken {
        int digit = read();
        if (digit < '0' || digit > '9') {
            throw wrong(digit, context);
        }
    }

    private void digits() {
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
    }

    private void literal(String word) throws Broken {
        for (int i = 1; i < word.length(); i++) {
            int c = read();
            if (c != word.charAt(i)) {
                throw wrong(c, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private void string() throws Broken {
        while (true) {
            int c = read();
            if (c == '"') {
                return;
            }
            if (c >= 0 && c < ' ') {
                throw wrong(c, "in string literal");
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() throws Broken {
        int c = read();
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                int digit = read();
                if (Character.digit(digit, 16) < 0) {
                    throw wrong(digit, "in \\u hexadecimal character escape");
                }
            }
        } else if ("bfnrt\\/\"".indexOf(c) < 0) {
            throw wrong(c, "in string escape code");
        }
    }

    private int read() throws Broken {
        if (at >= text.length) {
            throw new Broken(END);
        }
        return text[at++];
    }

    private int next() throws Broken {
        skipSpace();
        return read();
    }

    private void skipSpace() {
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
    }

    /** Bytes that are no characters are shown as Go shows them. */
    private static Broken wrong(int found, String context) {
        int c = found & 0xff;
        String shown = switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\n' -> "'\\n'";
            case '\t' -> "'\\t'";
            case '\r' -> "'\\r'";
            default ->
                c < ' ' || c >= 0x7f && c <= 0xa0 || c == 0xad
                        ? String.format(c < ' ' || c == 0x7f ? "'\\x%02x'" : "'\\u%04x'", c)
                        : "'" + new String(new byte[] {(byte) c}, StandardCharsets.ISO_8859_1) + "'";
        };
        return new Broken("invalid character " + shown + " " + context);
    }
}
