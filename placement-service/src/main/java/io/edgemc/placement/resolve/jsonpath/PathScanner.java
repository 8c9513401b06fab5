package io.edgemc.placement.resolve.jsonpath;

import org.jspecify.annotations.Nullable;

/** Reads characters of a path and words its errors. */
final class PathScanner {
    static final int MAX_LENGTH = 1024;

    private final String text;
    private int at;

    PathScanner(String text) throws JsonPathException {
        this.text = text;
        if (text.length() > MAX_LENGTH) {
            throw new JsonPathException("the path has more than " + MAX_LENGTH + " characters");
        }
    }

    boolean done() {
        return at == text.length();
    }

    char peek() {
        return done() ? '\0' : text.charAt(at);
    }

    void blanks() {
        while (peek() == ' ') {
            at++;
        }
    }

    /** Takes the token if it comes next. */
    boolean take(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    void expect(String token) throws JsonPathException {
        if (!take(token)) {
            throw error("expected \"" + token + "\"");
        }
    }

    /** Letters, digits, {@code _}, {@code -} and everything beyond ASCII; never empty. */
    String name() throws JsonPathException {
        int start = at;
        while (!done() && isNamePart(peek())) {
            at++;
        }
        if (start == at) {
            throw error("expected a name");
        }
        return text.substring(start, at);
    }

    /** A string in single or double quotes with backslash escapes. */
    String quoted() throws JsonPathException {
        char quote = peek();
        at++;
        StringBuilder value = new StringBuilder();
        while (peek() != quote || done()) {
            if (done()) {
                throw error("the string does not end");
            }
            if (peek() == '\\') {
                at++;
                if (done()) {
                    throw error("the string does not end");
                }
            }
            value.append(text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    /** A whole number, or null if none comes next. */
    @Nullable
    Integer integer() throws JsonPathException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        while (Character.isDigit(peek())) {
            at++;
        }
        if (start == at) {
            return null;
        }
        try {
            return Integer.valueOf(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw error("not a whole number of reasonable size");
        }
    }

    /** Everything up to a blank or a character that ends a word. */
    String word() {
        int start = at;
        while (!done() && " )]&|=!<>,".indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    JsonPathException error(String message) {
        return new JsonPathException(message + " at character " + (at + 1));
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '-' || c >= 0x80 || Character.isLetterOrDigit(c);
    }
}
