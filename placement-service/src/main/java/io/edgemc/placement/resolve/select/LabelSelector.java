package io.edgemc.placement.resolve.select;

import io.edgemc.placement.resolve.select.FieldError.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Kubernetes label selector: all requirements hold; without any it matches everything. */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it matches everything, labelled or not. */
    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    static boolean anyMatches(List<LabelSelector> selectors, Map<String, String> labels) {
        for (LabelSelector selector : selectors) {
            if (selector.matches(labels)) {
                return true;
            }
        }
        return false;
    }

    /** Reads {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector read(FieldReader in) {
        List<Requirement> all = new ArrayList<>();
        in.textMap("matchLabels").forEach((key, value) -> {
            checkKey(in, "matchLabels", key);
            checkValue(in, "matchLabels." + key, value);
            all.add(new Requirement(key, Operator.In, List.of(value)));
        });
        all.addAll(in.objects("matchExpressions", LabelSelector::expression));
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

    /** How a label is compared; the constants carry the names that users write. */
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist;

        boolean wantsValues() {
            return this == In || this == NotIn;
        }
    }

    /** One condition on one label. */
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }
}
