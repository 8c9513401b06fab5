package io.edgemc.gateway.proxy;

import io.edgemc.door.tomcat.ClientConnection;
import io.edgemc.gateway.answer.Answers;
import io.edgemc.gateway.answer.Failure;
import io.edgemc.gateway.entry.Passage;
import io.edgemc.gateway.proxy.ResponseStream.Piece;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A service's answer on its way to the client: what arrives goes out at once, unless more is here already. Runs in the
 * request's thread, which is virtual: an idle watch costs no platform thread.
 */
final class UpstreamAnswer implements ServerResponse {
    private static final Logger log = LoggerFactory.getLogger(UpstreamAnswer.class);
    /** How often a silent stream's client is looked after. */
    private static final Duration LOOK_AFTER_CLIENT = Duration.ofSeconds(1);
    /** A body that is no stream and makes no progress for so long is given up. */
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final HttpResponse<ResponseStream> answer;
    private final HttpServletRequest client;
    private final Passage passage;
    private final OpenStreams streams;
    private final boolean stream;

    UpstreamAnswer(
            HttpResponse<ResponseStream> answer, HttpServletRequest client, Passage passage, OpenStreams streams) {
        this.streams = streams;
        this.answer = answer;
        this.client = client;
        this.passage = passage;
        this.stream = passage.stream() || isEventStream(answer);
    }

    /** It is not passed on. */
    void close() {
        answer.body().close();
    }

    private static boolean isEventStream(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("content-type")
                .map(type -> type.startsWith("text/event-stream"))
                .orElse(false);
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatusCode.valueOf(answer.statusCode());
    }

    /** The headers go out in {@link #writeTo}, by the rules of this gateway. */
    @Override
    public HttpHeaders headers() {
        return new HttpHeaders();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        try (ResponseStream body = answer.body()) {
            if (answer.statusCode() == HttpServletResponse.SC_UNAUTHORIZED) {
                // Not the client's fault: the service does not believe this gateway.
                log.error(
                        "{} refuses the gateway's identity",
                        passage.addressed().service().audience());
                Answers.write(
                        response,
                        Failure.unavailable("identity-refused", "the service does not accept the gateway"),
                        passage.addressed().kubernetes());
                return null;
            }
            head(response);
            if (stream) {
                streams.add(body);
            }
            copy(body, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the gateway is stopping", e);
        } finally {
            streams.remove(answer.body());
        }
        return null;
    }

    private void head(HttpServletResponse response) {
        response.setStatus(answer.statusCode());
        answer.headers().map().forEach((name, values) -> {
            if (HeaderRules.passesToClient(name)) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
    }

    private void copy(ResponseStream body, HttpServletResponse response) throws IOException, InterruptedException {
        OutputStream out = response.getOutputStream();
        if (stream) {
            out.flush();
        }
        Duration silent = Duration.ZERO;
        while (true) {
            switch (body.next(LOOK_AFTER_CLIENT)) {
                case null -> {
                    silent = silent.plus(LOOK_AFTER_CLIENT);
                    if (!goesOn(silent)) {
                        return;
                    }
                }
                case Piece.Bytes bytes -> {
                    silent = Duration.ZERO;
                    write(bytes.buffers(), out);
                    if (!body.hasNext()) {
                        out.flush();
                    }
                }
                case Piece.End end -> {
                    return;
                }
                case Piece.Broken broken -> throw ResponseStream.broken(broken);
            }
        }
    }

    /** Returns false when the client has left. */
    private boolean goesOn(Duration silent) throws IOException {
        if (!stream && silent.compareTo(STALLED) >= 0) {
            throw new IOException("the service's answer makes no progress");
        }
        return !ClientConnection.isGone(client);
    }

    private static void write(List<ByteBuffer> buffers, OutputStream out) throws IOException {
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasArray()) {
                out.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            } else {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                out.write(bytes);
            }
        }
    }
}
