package io.edgemc.placement.resolve.select;

import java.util.Objects;

/**
 * What is wrong with a field.
 *
 * @param field path such as {@code spec.downsync[0].resources}
 * @param code what kind of error
 * @param message one sentence, without the field's path
 */
public record FieldError(String field, Code code, String message) {
    public FieldError {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** Kinds of errors; the names are those of Kubernetes' causes. */
    public enum Code {
        REQUIRED("FieldValueRequired"),
        INVALID("FieldValueInvalid"),
        NOT_SUPPORTED("FieldValueNotSupported"),
        UNKNOWN("FieldValueForbidden");

        private final String cause;

        Code(String cause) {
            this.cause = cause;
        }

        /** {@code reason} of a cause in a Kubernetes Status. */
        public String cause() {
            return cause;
        }
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
