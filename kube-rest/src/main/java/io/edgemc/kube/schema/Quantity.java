package io.edgemc.kube.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes quantity such as {@code 500m} or {@code 2Gi}. Equal are quantities of equal value.
 *
 * @param value exact, without trailing zeros
 * @param form how it was written
 */
public record Quantity(BigDecimal value, Form form) implements Comparable<Quantity> {
    public static final String RULE =
            "quantities must match the regular expression" + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final Pattern TEXT = Pattern.compile(
            "([+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40}))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]{1,2})?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int UNIT = 3;
    private static final BigDecimal KILO_BINARY = BigDecimal.valueOf(1024);

    /** Families of suffixes. */
    public enum Form {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    public Quantity {
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    /** Null if the text is no quantity. */
    public static @Nullable Quantity parsed(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group(1).endsWith(".") ? matcher.group(1) + "0" : matcher.group(1));
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        if (suffix.endsWith("i")) {
            return new Quantity(rounded(number.multiply(KILO_BINARY.pow(BINARY.indexOf(suffix)))), Form.BINARY);
        }
        if (DECIMAL.contains(suffix)) {
            int power = (DECIMAL.indexOf(suffix) - UNIT) * 3;
            return new Quantity(rounded(number.scaleByPowerOfTen(power)), Form.DECIMAL);
        }
        return new Quantity(rounded(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)))), Form.EXPONENT);
    }

    /** Nothing is smaller than a billionth; what is less counts as one. */
    private static BigDecimal rounded(BigDecimal number) {
        return number.setScale(9, RoundingMode.UP);
    }

    public Quantity plus(BigDecimal other) {
        return new Quantity(value.add(other), form);
    }

    public boolean isInteger() {
        return value.scale() <= 0 && value.toBigInteger().bitLength() < Long.SIZE;
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity quantity && value.compareTo(quantity.value) == 0;
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The canonical text: the largest suffix of its family that leaves a whole number. */
    @Override
    public String toString() {
        if (value.signum() == 0) {
            return "0";
        }
        if (form == Form.BINARY && value.scale() <= 0 && value.abs().compareTo(KILO_BINARY) >= 0) {
            return binary(value.toBigIntegerExact());
        }
        int power = 9;
        BigInteger digits = value.scaleByPowerOfTen(9).toBigInteger();
        int at = 0;
        while (at < DECIMAL.size() - 1) {
            BigInteger[] parts = digits.divideAndRemainder(BigInteger.valueOf(1000));
            if (parts[1].signum() != 0) {
                break;
            }
            digits = parts[0];
            power -= 3;
            at++;
        }
        return form == Form.EXPONENT ? digits + (power == 0 ? "" : "e" + -power) : digits + DECIMAL.get(at);
    }

    private static String binary(BigInteger number) {
        BigInteger rest = number;
        int at = 0;
        while (at < BINARY.size() - 1 && rest.and(BigInteger.valueOf(1023)).signum() == 0) {
            rest = rest.shiftRight(10);
            at++;
        }
        return rest + BINARY.get(at);
    }
}
