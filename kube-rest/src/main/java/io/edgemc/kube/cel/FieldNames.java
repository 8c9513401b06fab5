package io.edgemc.kube.cel;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How members of objects are called in expressions. */
final class FieldNames {
    private static final Pattern SPEAKABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.\\-/]*");
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private FieldNames() {}

    /** The name in expressions; null for a member that expressions cannot name. */
    static @Nullable String escaped(String member) {
        if (RESERVED.contains(member)) {
            return "__" + member + "__";
        }
        if (!SPEAKABLE.matcher(member).matches()) {
            return null;
        }
        return member.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }
}
