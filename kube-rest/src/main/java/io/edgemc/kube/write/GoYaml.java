package io.edgemc.kube.write;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What plain scalars mean to Kubernetes, whose YAML is that of Go's yaml.v2: {@code yes} and {@code off} are truths, a number
 * that begins with a zero is octal. Files that were written for one must not mean something else here.
 */
final class GoYaml extends CoreSchema {
    private static final Set<String> TRUE = Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(0[0-7_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+|[0-9][0-9_]*)");

    private final Map<Tag, ConstructNode> constructs;

    GoYaml() {
        constructs = new HashMap<>(super.getSchemaTagConstructors());
        constructs.put(Tag.BOOL, node -> {
            String text = text(node);
            return TRUE.contains(text) || text.equalsIgnoreCase("true");
        });
        constructs.put(Tag.INT, node -> whole(text(node).replace("_", "")));
    }

    @Override
    public ScalarResolver getScalarResolver() {
        ScalarResolver others = super.getScalarResolver();
        return (value, implicit) -> {
            if (implicit && (TRUE.contains(value) || FALSE.contains(value))) {
                return Tag.BOOL;
            }
            return implicit && WHOLE.matcher(value).matches() ? Tag.INT : others.resolve(value, implicit);
        };
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return constructs;
    }

    private static String text(Node node) {
        return ((ScalarNode) node).getValue();
    }

    private static Number whole(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger value = magnitude(digits);
        BigInteger signed = negative ? value.negate() : value;
        return signed.bitLength() < 64 ? (Number) signed.longValue() : signed;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        if (digits.startsWith("0o")) {
            return new BigInteger(digits.substring(2), 8);
        }
        return new BigInteger(digits, digits.matches("0[0-7]+") ? 8 : 10);
    }
}
