package io.edgemc.api.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names one object of one cluster, whatever its version: group, lowercase plural, namespace, name.
 *
 * <p>Text form: {@code <resource>[.<group>]/<namespace>/<name>}, the namespace empty for a cluster-scoped object, for instance
 * {@code deployments.apps/shop/web} or {@code namespaces//shop}.
 *
 * @param group API group, {@code ""} for core
 * @param resource lowercase plural without dots
 * @param namespace {@code ""} for a cluster-scoped object
 * @param name never empty
 */
public record ObjectKey(String group, String resource, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern GROUP = Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)?");
    private static final Pattern NAMESPACE = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?");
    private static final int MAX_NAME = 253;
    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::group)
            .thenComparing(ObjectKey::resource)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    public ObjectKey {
        Objects.requireNonNull(group, "group");
        if (!RESOURCE.matcher(resource).matches()) {
            throw new IllegalArgumentException("not a resource name: " + quote(resource));
        }
        if (!GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException("not an API group: " + quote(group));
        }
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException("not a namespace: " + quote(namespace));
        }
        if (name.isEmpty() || name.length() > MAX_NAME || !isPathSegment(name)) {
            throw new IllegalArgumentException("not an object name: " + quote(name));
        }
    }

    /** Reads the text form; throws {@link IllegalArgumentException} if it is not one. */
    @JsonCreator
    public static ObjectKey parse(String text) {
        int first = text.indexOf('/');
        int second = first < 0 ? -1 : text.indexOf('/', first + 1);
        if (second < 0) {
            throw new IllegalArgumentException("not an object key: " + quote(text));
        }
        String type = text.substring(0, first);
        int dot = type.indexOf('.');
        return new ObjectKey(
                dot < 0 ? "" : type.substring(dot + 1),
                dot < 0 ? type : type.substring(0, dot),
                text.substring(first + 1, second),
                text.substring(second + 1));
    }

    /** {@code deployments.apps}, {@code pods}. */
    public String groupResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** The text form. */
    @JsonValue
    public String text() {
        return groupResource() + "/" + namespace + "/" + name;
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }

    private static boolean isPathSegment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '%' || c <= ' ' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String quote(String text) {
        return '"' + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + '"';
    }
}
