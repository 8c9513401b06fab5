package io.edgemc.kube.conformance;

import java.util.ArrayList;
import java.util.List;

/** Splits a line as a shell does: at blanks, except inside single or double quotes. No variables, no escapes. */
final class CommandLine {
    private CommandLine() {}

    /** @throws IllegalArgumentException if a quote stays open */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean started = false;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                started = true;
            } else if (Character.isWhitespace(c)) {
                if (started) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                started = false;
            } else {
                word.append(c);
                started = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote stays open in: " + line);
        }
        if (started) {
            words.add(word.toString());
        }
        return words;
    }
}
