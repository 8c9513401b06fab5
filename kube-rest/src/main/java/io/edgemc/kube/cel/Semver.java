package io.edgemc.kube.cel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A semantic version as Kubernetes' CEL reads it (its library {@code blang/semver}), and in its words where it is none. Versions that
 * differ in build metadata only are equal.
 */
final class Semver implements Comparable<Semver> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]*");
    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z-]*");
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final int PARTS = 3;

    private final List<BigInteger> numbers;
    private final List<String> before;

    private Semver(List<BigInteger> numbers, List<String> before) {
        this.numbers = numbers;
        this.before = before;
    }

    /** Throws {@link IllegalArgumentException} with what is wrong. */
    static Semver parse(String text) {
        if (text.isEmpty()) {
            throw KubeTypes.refused("Version string empty");
        }
        String[] parts = text.split("\\.", PARTS);
        if (parts.length != PARTS) {
            throw KubeTypes.refused("No Major.Minor.Patch elements found");
        }
        List<BigInteger> numbers = new ArrayList<>();
        numbers.add(number("major", parts[0]));
        numbers.add(number("minor", parts[1]));
        int plus = parts[2].indexOf('+');
        String rest = plus < 0 ? parts[2] : parts[2].substring(0, plus);
        int dash = rest.indexOf('-');
        numbers.add(number("patch", dash < 0 ? rest : rest.substring(0, dash)));
        List<String> before = new ArrayList<>();
        if (dash >= 0) {
            for (String part : rest.substring(dash + 1).split("\\.", -1)) {
                prerelease(part);
                before.add(part);
            }
        }
        if (plus >= 0) {
            for (String part : parts[2].substring(plus + 1).split("\\.", -1)) {
                build(part);
            }
        }
        return new Semver(numbers, before);
    }

    /** Without a leading {@code v}, leading zeros, and parts that are left out. */
    static Semver parseNormalized(String text) {
        List<String> parts =
                new ArrayList<>(List.of((text.startsWith("v") ? text.substring(1) : text).split("\\.", PARTS)));
        parts.replaceAll(Semver::withoutZeros);
        if (parts.size() < PARTS) {
            String last = parts.getLast();
            if (last.contains("+") || last.contains("-")) {
                throw KubeTypes.refused("short version cannot contain PreRelease/Build meta data");
            }
            while (parts.size() < PARTS) {
                parts.add("0");
            }
        }
        return parse(String.join(".", parts));
    }

    private static String withoutZeros(String part) {
        if (part.length() <= 1) {
            return part;
        }
        String stripped = part.replaceFirst("^0+", "");
        boolean digit = !stripped.isEmpty() && stripped.charAt(0) >= '0' && stripped.charAt(0) <= '9';
        return digit ? stripped : "0" + stripped;
    }

    private static BigInteger number(String what, String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw KubeTypes.refused("Invalid character(s) found in " + what + " number " + quoted(text));
        }
        if (hasLeadingZeros(text)) {
            throw KubeTypes.refused(Character.toUpperCase(what.charAt(0))
                    + what.substring(1)
                    + " number must not contain leading zeroes "
                    + quoted(text));
        }
        return parsed(text);
    }

    private static BigInteger parsed(String digits) {
        if (digits.isEmpty()) {
            throw KubeTypes.refused("strconv.ParseUint: parsing \"\": invalid syntax");
        }
        BigInteger number = new BigInteger(digits);
        if (number.compareTo(MOST) > 0) {
            throw KubeTypes.refused("strconv.ParseUint: parsing " + quoted(digits) + ": value out of range");
        }
        return number;
    }

    private static void prerelease(String part) {
        if (part.isEmpty()) {
            throw KubeTypes.refused("Prerelease is empty");
        }
        if (DIGITS.matcher(part).matches()) {
            if (hasLeadingZeros(part)) {
                throw KubeTypes.refused("Numeric PreRelease version must not contain leading zeroes " + quoted(part));
            }
            parsed(part);
        } else if (!WORD.matcher(part).matches()) {
            throw KubeTypes.refused("Invalid character(s) found in prerelease " + quoted(part));
        }
    }

    private static void build(String part) {
        if (part.isEmpty()) {
            throw KubeTypes.refused("Build meta data is empty");
        }
        if (!WORD.matcher(part).matches()) {
            throw KubeTypes.refused("Invalid character(s) found in build meta data " + quoted(part));
        }
    }

    private static boolean hasLeadingZeros(String digits) {
        return digits.length() > 1 && digits.charAt(0) == '0';
    }

    private static String quoted(String text) {
        return tools.jackson.databind.node.JsonNodeFactory.instance
                .stringNode(text)
                .toString();
    }

    long major() {
        return numbers.get(0).longValue();
    }

    long minor() {
        return numbers.get(1).longValue();
    }

    long patch() {
        return numbers.get(2).longValue();
    }

    @Override
    public int compareTo(Semver other) {
        for (int i = 0; i < PARTS; i++) {
            int order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            // A version comes after all that lead to it.
            return Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            int order = compared(before.get(i), other.before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    private static int compared(String left, String right) {
        boolean number = DIGITS.matcher(left).matches();
        boolean otherNumber = DIGITS.matcher(right).matches();
        if (number != otherNumber) {
            return number ? -1 : 1;
        }
        int order = number ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
        return Integer.signum(order);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Semver version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return numbers.hashCode() * 31 + before.hashCode();
    }
}
