package io.edgemc.kube.apply;

import tools.jackson.databind.JsonNode;

/**
 * Who owns fields.
 *
 * @param name field manager
 * @param operation {@code Apply} or {@code Update}
 * @param apiVersion version that the fields are named in; not part of an applier's identity
 * @param subresource such as {@code status}, or empty
 */
record Manager(String name, String operation, String apiVersion, String subresource) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    static Manager of(JsonNode entry) {
        return new Manager(
                entry.path("manager").asString(""),
                entry.path("operation").asString(UPDATE),
                entry.path("apiVersion").asString(""),
                entry.path("subresource").asString(""));
    }

    /**
     * Out of an entry that a client wrote.
     *
     * @throws IllegalArgumentException if it is not valid
     */
    static Manager read(JsonNode entry) {
        String operation = entry.path("operation").asString("");
        if (!operation.equals(APPLY) && !operation.equals(UPDATE)) {
            throw new IllegalArgumentException("operation must be `Apply` or `Update`");
        }
        if (entry.path("apiVersion").asString("").isEmpty()) {
            throw new IllegalArgumentException("apiVersion must not be empty");
        }
        if (!entry.path("fieldsType").asString("").equals("FieldsV1")) {
            throw new IllegalArgumentException("fieldsType must be FieldsV1");
        }
        return of(entry);
    }

    boolean applies() {
        return operation.equals(APPLY);
    }

    boolean isSameAs(Manager other) {
        return name.equals(other.name)
                && operation.equals(other.operation)
                && subresource.equals(other.subresource)
                && (applies() || apiVersion.equals(other.apiVersion));
    }

    /** As conflicts show it. */
    String shown() {
        String text = "\"" + name + "\"";
        if (!subresource.isEmpty()) {
            text += " with subresource \"" + subresource + "\"";
        }
        return applies() ? text : text + " using " + apiVersion;
    }
}
