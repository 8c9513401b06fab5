package io.edgemc.kube.api;

import io.edgemc.kube.store.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a view.
 *
 * @param method upper case
 * @param prefix where clients see the view, such as {@code /spaces/x}; empty for the root
 * @param path below the view's prefix, not decoded, beginning with a slash
 * @param query decoded parameters
 * @param headers lower-case names, first value of each
 * @param body opens the body, at most once
 * @param actor who asks
 */
public record KubeRequest(
        String method,
        String prefix,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        Body body,
        Actor actor) {
    /** The request's body. */
    @FunctionalInterface
    public interface Body {
        InputStream open() throws IOException;
    }

    /** First value of a parameter, empty if absent. */
    public String parameter(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? "" : values.getFirst();
    }

    /** The same request with one parameter more, or another value of it. */
    public KubeRequest with(String name, String value) {
        Map<String, List<String>> more = new HashMap<>(query);
        more.put(name, List.of(value));
        return new KubeRequest(method, prefix, path, more, headers, body, actor);
    }

    public boolean flag(String name) {
        String value = parameter(name);
        // As Kubernetes reads it: whatever is said and is no clear no.
        return query.containsKey(name) && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /** A parameter that counts something; {@code absent} if it is not given, 0 for what is below. */
    public long number(String name, long absent) {
        String value = parameter(name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            return Math.max(0, Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
        }
    }

    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public @Nullable String mediaType() {
        String type = header("content-type");
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return media.isEmpty() ? null : media;
    }
}
