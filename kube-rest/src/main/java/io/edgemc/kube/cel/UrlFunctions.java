package io.edgemc.kube.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.edgemc.kube.cel.KubeFunctions.Library;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** URLs: {@code url}, {@code isURL} and the parts of one. */
final class UrlFunctions {
    private static final CelType TEXT = SimpleType.STRING;

    private UrlFunctions() {}

    static void addTo(Library library) {
        library.global("url", KubeTypes.URL, List.of(TEXT), all -> {
            URI url = parsed((String) all[0]);
            if (url == null) {
                throw KubeTypes.refused("URL parse error during conversion from string: parse \"" + all[0]
                        + "\": invalid URI for request");
            }
            return url;
        });
        library.global("isURL", SimpleType.BOOL, List.of(TEXT), all -> parsed((String) all[0]) != null);
        part(library, "getScheme", url -> text(url.getScheme()));
        part(library, "getHost", UrlFunctions::host);
        part(library, "getHostname", url -> text(url.getHost()));
        part(library, "getPort", url -> url.getPort() < 0 ? "" : Integer.toString(url.getPort()));
        part(library, "getEscapedPath", url -> text(url.getRawPath()));
        library.member(
                "getQuery",
                MapType.create(TEXT, ListType.create(TEXT)),
                List.of(KubeTypes.URL),
                all -> query((URI) all[0]));
    }

    private static void part(Library library, String name, java.util.function.Function<URI, String> part) {
        library.member(name, TEXT, List.of(KubeTypes.URL), all -> part.apply((URI) all[0]));
    }

    private static @Nullable URI parsed(String text) {
        try {
            URI url = new URI(text);
            // Absolute, or an absolute path.
            return url.isAbsolute() || text.startsWith("/") ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String host(URI url) {
        String host = text(url.getHost());
        return url.getPort() < 0 ? host : host + ":" + url.getPort();
    }

    private static String text(@Nullable String part) {
        return Objects.requireNonNullElse(part, "");
    }

    private static Map<String, List<String>> query(URI url) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text(url.getRawQuery()).split("&")) {
            if (!pair.isEmpty()) {
                String[] sides = pair.split("=", 2);
                query.computeIfAbsent(decoded(sides[0]), k -> new ArrayList<>())
                        .add(sides.length > 1 ? decoded(sides[1]) : "");
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
