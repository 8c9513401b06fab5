package io.edgemc.kube.schema;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the program of a regular expression becomes: repetitions inside repetitions multiply. Measured before it is
 * compiled, because compiling is what costs.
 */
public final class RegexSize {
    /** Far above what anybody writes, far below what hurts; in steps of the program. */
    private static final long MOST_STEPS = 100_000;

    private static final int DEEPEST = 1000;
    private static final int LONGEST = 65_536;
    private static final Pattern COUNTS = Pattern.compile("\\{(\\d{1,9})(?:(,)(\\d{1,9})?)?}");

    private RegexSize() {}

    /** @throws PatternSyntaxException if it is too large to be compiled */
    public static void check(String regex) {
        if (regex.length() > LONGEST || steps(regex) > MOST_STEPS) {
            throw new PatternSyntaxException("expression nests too deeply or repeats too often");
        }
    }

    /** An upper bound, saturated just above the limit. */
    static long steps(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        Matcher counts = COUNTS.matcher(regex);
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            switch (c) {
                case '(' -> {
                    if (outer.size() >= DEEPEST) {
                        return MOST_STEPS + 1;
                    }
                    outer.push(sum);
                    sum = 1;
                    last = 0;
                    continue;
                }
                case ')' -> {
                    last = sum;
                    sum += outer.isEmpty() ? 0 : outer.pop();
                }
                case '[' -> {
                    int end = end(regex, i);
                    last = 1 + (end - i) / 2;
                    sum += last;
                    i = end;
                }
                case '\\' -> {
                    // A class such as \pL is many ranges in one.
                    last = 8;
                    sum += last;
                    i++;
                }
                case '{' -> {
                    if (counts.find(i) && counts.start() == i) {
                        sum += last * (times(counts) - 1);
                        last = last * times(counts);
                        i = counts.end() - 1;
                    } else {
                        sum += last = 1;
                    }
                }
                case '*', '+', '?' -> sum += 1;
                default -> sum += last = 1;
            }
            sum = Math.min(sum, MOST_STEPS + 1);
            last = Math.min(last, MOST_STEPS + 1);
        }
        return outer.stream().mapToLong(Long::longValue).sum() + sum;
    }

    private static long times(Matcher counts) {
        String most = counts.group(3) == null ? counts.group(1) : counts.group(3);
        return Math.max(1, Long.parseLong(most));
    }

    /** Where a class that begins here ends. */
    private static int end(String regex, int begin) {
        int i = begin + 1;
        if (i < regex.length() && regex.charAt(i) == '^') {
            i++;
        }
        i++; // a bracket that comes first is one of the class
        while (i < regex.length() && regex.charAt(i) != ']') {
            i += regex.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, regex.length() - 1);
    }
}
