package io.edgemc.api.object;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes label selector: all requirements hold; without any it matches everything. Placements choose by it in the hub, and
 * syncers at the edge.
 *
 * @param requirements {@code matchLabels} are requirements with {@link Operator#In} and one value
 */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** How a label is compared; the constants carry the names that users write. */
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist;

        public boolean wantsValues() {
            return this == In || this == NotIn;
        }
    }

    /** One condition on one label. */
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean matches(Function<String, @Nullable String> labels) {
            String value = labels.apply(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }

    public boolean matches(Map<String, String> labels) {
        return matches(labels::get);
    }

    /** {@code labels}: the value of a label by its key, null if there is none. */
    public boolean matches(Function<String, @Nullable String> labels) {
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

    public static boolean anyMatches(List<LabelSelector> selectors, Map<String, String> labels) {
        for (LabelSelector selector : selectors) {
            if (selector.matches(labels)) {
                return true;
            }
        }
        return false;
    }
}
