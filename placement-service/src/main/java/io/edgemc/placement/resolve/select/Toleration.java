package io.edgemc.placement.resolve.select;

import io.edgemc.placement.resolve.select.FieldError.Code;
import org.jspecify.annotations.Nullable;

/**
 * Lets a placement select clusters with a taint, as in Kubernetes.
 *
 * @param key {@code ""} with {@link Operator#Exists} for every taint
 * @param effect null for every effect
 */
public record Toleration(String key, Operator operator, String value, Taint.@Nullable Effect effect) {
    /** How the taint's value is compared. */
    public enum Operator {
        Equal,
        Exists
    }

    public boolean tolerates(Taint taint) {
        if (effect != null && effect != taint.effect()) {
            return false;
        }
        if (key.isEmpty()) {
            return operator == Operator.Exists;
        }
        return key.equals(taint.key()) && (operator == Operator.Exists || value.equals(taint.value()));
    }

    static Toleration read(FieldReader in) {
        String key = in.text("key");
        Operator operator = in.choice("operator", Operator.class, Operator.Equal);
        String value = in.text("value");
        Taint.Effect effect = in.has("effect") ? in.choice("effect", Taint.Effect.class, Taint.Effect.NoSelect) : null;
        if ((key == null || key.isEmpty()) && operator != Operator.Exists) {
            in.error("operator", Code.INVALID, "must be Exists when key is empty");
        }
        if (operator == Operator.Exists && value != null && !value.isEmpty()) {
            in.error("value", Code.INVALID, "must be empty with operator Exists");
        }
        return new Toleration(key == null ? "" : key, operator, value == null ? "" : value, effect);
    }
}
