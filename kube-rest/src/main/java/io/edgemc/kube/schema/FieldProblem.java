package io.edgemc.kube.schema;

/**
 * What is wrong with one field, in Kubernetes' words.
 *
 * @param field path such as {@code spec.template.spec.containers[0].name}
 * @param type kind of problem
 * @param message complete message without the field, such as {@code Required value}
 */
public record FieldProblem(String field, Type type, String message) {
    /** Causes of a {@code Status} that is {@code Invalid}. */
    public enum Type {
        REQUIRED("FieldValueRequired"),
        INVALID("FieldValueInvalid"),
        NOT_SUPPORTED("FieldValueNotSupported"),
        FORBIDDEN("FieldValueForbidden"),
        DUPLICATE("FieldValueDuplicate"),
        TYPE_INVALID("FieldValueTypeInvalid"),
        TOO_LONG("FieldValueTooLong"),
        TOO_MANY("FieldValueTooMany"),
        NOT_FOUND("FieldValueNotFound");

        private final String reason;

        Type(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }

    public static FieldProblem required(String field) {
        return new FieldProblem(field, Type.REQUIRED, "Required value");
    }

    public static FieldProblem required(String field, String detail) {
        return new FieldProblem(field, Type.REQUIRED, "Required value: " + detail);
    }

    /** {@code value} is JSON text, strings quoted. */
    public static FieldProblem invalid(String field, String value, String detail) {
        return new FieldProblem(field, Type.INVALID, "Invalid value: " + value + ": " + detail);
    }

    /** A value of a type that a schema does not want; types by the names of schemas or of Go. */
    public static FieldProblem ofType(String field, String found, String expected) {
        String wanted = switch (expected) {
            case "bool" -> "boolean";
            case "map" -> "object";
            case "int32", "int64" -> "integer";
            case "float", "double" -> "number";
            case "integer or string" -> "integer,string";
            default -> expected;
        };
        return new FieldProblem(
                field,
                Type.TYPE_INVALID,
                "Invalid value: \"" + found + "\": " + field + " in body must be of type " + wanted + ": \"" + found
                        + "\"");
    }

    public static FieldProblem forbidden(String field, String detail) {
        return new FieldProblem(field, Type.FORBIDDEN, "Forbidden: " + detail);
    }

    /** {@code Field: message}, as it stands in a message of several. */
    public String text() {
        return field + ": " + message;
    }
}
