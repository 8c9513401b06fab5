package io.edgemc.kube.apply;

/**
 * Who owns fields.
 *
 * @param name field manager
 * @param operation {@code Apply} or {@code Update}
 * @param apiVersion version that the fields are named in; not part of an applier's identity
 * @param subresource {@code status} or empty
 */
record Manager(String name, String operation, String apiVersion, String subresource) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

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
