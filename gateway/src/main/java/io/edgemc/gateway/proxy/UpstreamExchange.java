package io.edgemc.gateway.proxy;

import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Area;
import io.edgemc.door.servlet.Traceparent;
import io.edgemc.gateway.answer.Failure;
import io.edgemc.gateway.entry.Intent;
import io.edgemc.gateway.entry.Passage;
import io.edgemc.gateway.request.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Carries requests to services and answers back. Stands in for the gateway's own exchange, which flushes by media type
 * only, does not notice that a client left an idle stream, and costs a RestClient per request.
 */
public final class UpstreamExchange implements ProxyExchange {
    private static final Logger log = LoggerFactory.getLogger(UpstreamExchange.class);
    /** Bodies up to this size are read before the call: one write instead of a stream. */
    private static final int SMALL_BODY = 64 << 10;

    private final HttpClient http;
    private final Map<Service, Upstream> upstreams;
    private final IdentitySigner signer;
    private final Duration timeout;
    private final long maxBody;
    private final Runnable systemChanged;
    private final OpenStreams streams;

    /**
     * @param timeout until a service begins to answer
     * @param maxBody of a request, in bytes
     * @param systemChanged told after a change of {@code /system}, before its answer goes out
     * @param streams where answers that may go on for ever are noted
     */
    UpstreamExchange(
            HttpClient http,
            Map<Service, Upstream> upstreams,
            IdentitySigner signer,
            Duration timeout,
            long maxBody,
            Runnable systemChanged,
            OpenStreams streams) {
        this.systemChanged = systemChanged;
        this.streams = streams;
        this.http = http;
        this.upstreams = Map.copyOf(upstreams);
        this.signer = signer;
        this.timeout = timeout;
        this.maxBody = maxBody;
    }

    @Override
    public ServerResponse exchange(Request request) {
        return carry(request.getServerRequest().servletRequest());
    }

    /** Carries a request that was let in; its answer is given when the audit log has the request. */
    ServerResponse carry(HttpServletRequest client) {
        Passage passage = Passage.of(client);
        ServerResponse answer = carry(client, passage);
        if (Intent.isRecorded(client)) {
            return answer;
        }
        if (answer instanceof UpstreamAnswer discarded) {
            discarded.close();
        }
        return GatewayAnswer.of(
                Failure.unavailable(
                        "audit-unavailable",
                        "the audit log cannot be written; the request may have been carried out, look before trying again"),
                passage);
    }

    private ServerResponse carry(HttpServletRequest client, Passage passage) {
        Upstream upstream = upstreams.get(passage.addressed().service());
        if (upstream == null) {
            return GatewayAnswer.of(Failure.noSuchPath(), passage);
        }
        HttpRequest call;
        try {
            call = call(client, passage, upstream);
        } catch (IOException | IllegalArgumentException e) {
            log.debug("A request cannot be carried on", e);
            return GatewayAnswer.of(Failure.malformed("the request cannot be read"), passage);
        }
        return passage.stream() ? send(client, call, passage, upstream) : sendInPlace(client, call, passage, upstream);
    }

    /** Streams take no place for their life: they are limited per user. */
    private ServerResponse sendInPlace(
            HttpServletRequest client, HttpRequest call, Passage passage, Upstream upstream) {
        if (!upstream.places().tryAcquirePermission()) {
            return GatewayAnswer.of(
                    Failure.unavailable("busy", upstream.service().audience() + " is busy, try again"), passage);
        }
        try {
            return send(client, call, passage, upstream);
        } finally {
            upstream.places().onComplete();
        }
    }

    private ServerResponse send(HttpServletRequest client, HttpRequest call, Passage passage, Upstream upstream) {
        if (!upstream.breaker().tryAcquirePermission()) {
            return unavailable(passage, upstream);
        }
        long began = System.nanoTime();
        try {
            HttpResponse<ResponseStream> response = http.send(call, info -> new ResponseStream());
            upstream.breaker().onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            if (changesSystem(passage) && response.statusCode() < 300) {
                systemChanged.run();
            }
            return new UpstreamAnswer(response, client, passage, streams);
        } catch (IOException e) {
            if (LimitedBody.isTooLarge(e)) {
                upstream.breaker().releasePermission();
                return GatewayAnswer.of(Failure.tooLarge(maxBody), passage);
            }
            upstream.breaker().onError(System.nanoTime() - began, TimeUnit.NANOSECONDS, e);
            log.warn("Cannot reach {}: {}", upstream.service().audience(), e.toString());
            return e instanceof HttpTimeoutException
                    ? GatewayAnswer.of(
                            Failure.timeout(upstream.service().audience() + " did not answer in time"), passage)
                    : unavailable(passage, upstream);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            upstream.breaker().releasePermission();
            return unavailable(passage, upstream);
        }
    }

    private static boolean changesSystem(Passage passage) {
        return passage.addressed().area() instanceof Area.Platform
                && !passage.addressed().action().reads();
    }

    private static ServerResponse unavailable(Passage passage, Upstream upstream) {
        return GatewayAnswer.of(
                Failure.unavailable(
                        "upstream-unavailable", upstream.service().audience() + " cannot be reached, try again"),
                passage);
    }

    private HttpRequest call(HttpServletRequest client, Passage passage, Upstream upstream) throws IOException {
        String query = client.getQueryString();
        URI uri = URI.create(upstream.base() + client.getRequestURI() + (query == null ? "" : "?" + query));
        HttpRequest.Builder call = HttpRequest.newBuilder(uri)
                .method(client.getMethod(), body(client))
                .timeout(timeout);
        copyHeaders(client, call);
        call.setHeader(Traceparent.HEADER, passage.traceparent());
        call.setHeader(
                IdentitySigner.HEADER,
                signer.sign(
                        passage.principal().name(),
                        passage.principal().groups(),
                        passage.roles(),
                        passage.requestId(),
                        upstream.service().audience()));
        return call.build();
    }

    private static void copyHeaders(HttpServletRequest client, HttpRequest.Builder call) {
        Set<String> options = HeaderRules.connectionOptions(client.getHeader("Connection"));
        for (String name : Collections.list(client.getHeaderNames())) {
            if (HeaderRules.passesToService(name, options)) {
                for (String value : Collections.list(client.getHeaders(name))) {
                    call.header(name, value);
                }
            }
        }
    }

    private BodyPublisher body(HttpServletRequest client) throws IOException {
        long length = client.getContentLengthLong();
        boolean chunked = length < 0 && client.getHeader("Transfer-Encoding") != null;
        if (length <= 0 && !chunked) {
            return BodyPublishers.noBody();
        }
        InputStream body = client.getInputStream();
        if (length > SMALL_BODY) {
            return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), length);
        }
        if (length > 0) {
            return BodyPublishers.ofByteArray(body.readNBytes((int) length));
        }
        return BodyPublishers.ofInputStream(() -> new LimitedBody(body, maxBody));
    }
}
