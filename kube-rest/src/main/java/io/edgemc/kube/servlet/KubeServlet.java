package io.edgemc.kube.servlet;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.view.KubeView;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves views over jakarta.servlet. A watch keeps its thread until it ends, so the container should give each request a
 * virtual thread.
 */
public final class KubeServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    /** Request attribute of the container, a {@link BooleanSupplier}: whether the client has left. Without it nobody asks. */
    public static final String CLIENT_GONE = "io.edgemc.client-gone";
    /** In bytes. */
    private static final int LIST_BUFFER = 16 << 10;

    /**
     * A view and where it is mounted.
     *
     * @param prefix leading part of the request's URI, not decoded, such as {@code /spaces/x}
     */
    public record Mounted(KubeView view, String prefix) {}

    private final transient Function<HttpServletRequest, @Nullable Mounted> views;
    private final transient Function<HttpServletRequest, Actor> actors;

    /**
     * @param views finds the view of a request; null answers 404, as for a path that does not exist
     * @param actors who asks; called once per request, after the view was found
     */
    public KubeServlet(
            Function<HttpServletRequest, @Nullable Mounted> views, Function<HttpServletRequest, Actor> actors) {
        this.views = views;
        this.actors = actors;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        KubeView view;
        KubeRequest asked;
        KubeView.Place place;
        try {
            Mounted mounted = views.apply(request);
            if (mounted == null) {
                throw ApiError.noSuchPath();
            }
            view = mounted.view();
            asked = asked(request, mounted.prefix());
            place = view.enter(asked);
        } catch (ApiError e) {
            send(request, response, KubeAnswer.of(e));
            return;
        }
        try (place) {
            send(request, response, view.handle(asked));
        }
    }

    private KubeRequest asked(HttpServletRequest request, String prefix) {
        return new KubeRequest(
                request.getMethod().toUpperCase(Locale.ROOT),
                prefix,
                request.getRequestURI().substring(prefix.length()),
                QueryString.parse(request.getQueryString()),
                headers(request),
                request::getInputStream,
                actors.apply(request));
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            List<String> values = Collections.list(request.getHeaders(name));
            headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
        }
        return headers;
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, KubeAnswer answer)
            throws IOException {
        response.setStatus(answer.status());
        if (!answer.contentType().isEmpty()) {
            response.setContentType(answer.contentType());
        }
        response.setHeader("Cache-Control", "no-cache, private");
        for (KubeAnswer.Header header : answer.headers()) {
            response.addHeader(header.name(), header.value());
        }
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        switch (answer.content()) {
            case KubeAnswer.Bytes whole -> {
                try (OutputStream out = Zipped.over(request, response)) {
                    out.write(whole.bytes());
                }
            }
            case KubeAnswer.Written written -> {
                response.setBufferSize(LIST_BUFFER);
                try (OutputStream out = Zipped.over(request, response)) {
                    written.writer().writeTo(out);
                }
            }
            case KubeAnswer.Events events -> {
                response.flushBuffer();
                events.writer().writeTo(response.getOutputStream(), () -> isGone(request));
            }
        }
    }

    private static boolean isGone(HttpServletRequest request) {
        return request.getAttribute(CLIENT_GONE) instanceof BooleanSupplier gone && gone.getAsBoolean();
    }
}
