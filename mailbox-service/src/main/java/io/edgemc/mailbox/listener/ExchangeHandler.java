package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.PeerCertificate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests off one HTTP/2 stream or one HTTP/1.1 connection, one at a time, within their limits, and hands each to its
 * operation. What comes after a refusal is read and dropped, so that the refusal arrives, but not for ever.
 */
final class ExchangeHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final long MAX_DROPPED_BYTES = 16L << 20;
    private static final int MAX_PARAMETERS = 16;

    private final Exchanges exchanges;
    private @Nullable Exchange current;
    private @Nullable RequestBody body;
    private long dropped;

    ExchangeHandler(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest request) {
            begin(context, request);
        }
        if (message instanceof HttpContent content) {
            content(context, content);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (body != null) {
            body.drop();
            body = null;
        }
        if (current != null) {
            current.gone();
            current = null;
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The transport failed or the peer broke HTTP: nothing can be said to it.
        context.close();
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        if (current != null && !current.answered()) {
            // A pipelined request: agents do not send them, and they would have to be queued.
            context.close();
            return;
        }
        Exchange exchange = new Exchange(context.channel(), HttpUtil.isKeepAlive(request));
        current = exchange;
        dropped = 0;
        if (request.decoderResult().isFailure()) {
            exchange.closeAfterwards();
            exchange.problem(Problem.malformed("This is not an HTTP request within the limits."));
            return;
        }
        try {
            accept(context, request, exchange);
        } catch (ProblemException refused) {
            exchange.problem(refused.problem());
        }
    }

    private void accept(ChannelHandlerContext context, HttpRequest request, Exchange exchange) {
        Channel connection =
                context.channel().parent() instanceof Channel parent && isStream(parent) ? parent : context.channel();
        PeerCertificate peer = connection.attr(ConnectionSetup.PEER).get();
        QueryStringDecoder line =
                new QueryStringDecoder(request.uri(), java.nio.charset.StandardCharsets.UTF_8, true, MAX_PARAMETERS);
        AgentOperation operation = exchanges.admit(request.method().name(), line.rawPath(), peer);
        String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(Problem.encodingRefused());
        }
        if (HttpUtil.getContentLength(request, 0L) > operation.bodyLimit()) {
            throw new ProblemException(Problem.tooLarge(operation.bodyLimit()));
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        String trace = request.headers().get("traceparent");
        RequestBody reading =
                new RequestBody(exchanges, operation, parameters(line), peer, trace == null ? "" : trace, exchange);
        reading.limitTime();
        body = reading;
    }

    private void content(ChannelHandlerContext context, HttpContent content) {
        RequestBody reading = body;
        int size = content.content().readableBytes();
        if (reading == null || !reading.add(content.content())) {
            body = null;
            dropped += size;
            if (dropped > MAX_DROPPED_BYTES) {
                context.close();
            }
            return;
        }
        if (content instanceof LastHttpContent) {
            body = null;
            reading.complete();
        }
    }

    /** The parent of a stream's channel is its connection; that of a connection's channel is the listening socket. */
    private static boolean isStream(Channel parent) {
        return parent.pipeline().get(io.netty.handler.codec.http2.Http2MultiplexHandler.class) != null;
    }

    private static Map<String, String> parameters(QueryStringDecoder line) {
        Map<String, String> parameters = new HashMap<>();
        try {
            line.parameters().forEach((name, values) -> parameters.put(name, values.getLast()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.malformed("The query cannot be read."));
        }
        return parameters;
    }
}
