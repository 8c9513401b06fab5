package io.edgemc.placement.resolve.select;

import io.edgemc.api.object.LabelSelector;
import io.edgemc.api.object.LabelSelector.Operator;
import io.edgemc.api.object.LabelSelector.Requirement;
import io.edgemc.placement.resolve.select.FieldError.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads label selectors as users write them. */
public final class LabelSelectors {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

    private LabelSelectors() {}

    /** Reads {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector read(FieldReader in) {
        List<Requirement> all = new ArrayList<>();
        in.textMap("matchLabels").forEach((key, value) -> {
            checkKey(in, "matchLabels", key);
            checkValue(in, "matchLabels." + key, value);
            all.add(new Requirement(key, Operator.In, List.of(value)));
        });
        all.addAll(in.objects("matchExpressions", LabelSelectors::expression));
        return new LabelSelector(all);
    }

    private static @Nullable Requirement expression(FieldReader in) {
        String key = in.requiredText("key");
        if (!key.isEmpty()) {
            checkKey(in, "key", key);
        }
        in.requiredText("operator");
        Operator operator = in.choice("operator", Operator.class, Operator.Exists);
        List<String> values = in.texts("values");
        values.forEach(value -> checkValue(in, "values", value));
        if (operator.wantsValues() && values.isEmpty()) {
            in.error("values", Code.REQUIRED, "must be given with operator " + operator);
            return null;
        }
        if (!operator.wantsValues() && !values.isEmpty()) {
            in.error("values", Code.INVALID, "must not be given with operator " + operator);
            return null;
        }
        return new Requirement(key, operator, values);
    }

    static void checkKey(FieldReader in, String field, String key) {
        int slash = key.indexOf('/');
        boolean valid = slash < 0
                ? NAME.matcher(key).matches()
                : PREFIX.matcher(key.substring(0, slash)).matches()
                        && NAME.matcher(key.substring(slash + 1)).matches();
        if (!valid) {
            in.error(field, Code.INVALID, "not a label key: \"" + shorten(key) + "\"");
        }
    }

    private static void checkValue(FieldReader in, String field, String value) {
        if (!VALUE.matcher(value).matches()) {
            in.error(field, Code.INVALID, "not a label value: \"" + shorten(value) + "\"");
        }
    }

    private static String shorten(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
