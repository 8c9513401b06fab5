package io.edgemc.mailbox.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its one answer, on a channel that is a stream or a connection. Thread-safe. */
final class Exchange implements AgentReply {
    /** So long an answer that is counted may take to be read; slow links are normal, standing still is not. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(150);

    private final Channel channel;
    private boolean keepAlive;
    private boolean answered;
    private boolean gone;
    private @Nullable Runnable onGone;

    Exchange(Channel channel, boolean keepAlive) {
        this.channel = channel;
        this.keepAlive = keepAlive;
    }

    @Override
    public void send(
            int status, String contentType, Map<String, String> headers, List<byte[]> chunks, @Nullable Runnable over) {
        if (begin()) {
            write(status, contentType, headers, chunks, over);
        } else if (over != null) {
            over.run();
        }
    }

    private synchronized boolean begin() {
        if (answered || gone) {
            return false;
        }
        answered = true;
        onGone = null;
        return true;
    }

    private void write(
            int status, String contentType, Map<String, String> headers, List<byte[]> chunks, @Nullable Runnable over) {
        boolean close = closes();
        // Wrapped, not copied: many answers share the bytes of one difference.
        ByteBuf body = Unpooled.wrappedBuffer(chunks.toArray(byte[][]::new));
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        headers.forEach((name, value) -> response.headers().set(name, value));
        if (!contentType.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
        if (status != HttpResponseStatus.NO_CONTENT.code()) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        if (close) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture sent = channel.writeAndFlush(response);
        if (over != null) {
            Cancellable deadline = after(LONGEST_WRITE, channel::close);
            sent.addListener(done -> {
                deadline.cancel();
                over.run();
            });
        }
        if (close) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void onGone(Runnable action) {
        synchronized (this) {
            if (!gone) {
                onGone = answered ? null : action;
                return;
            }
        }
        action.run();
    }

    @Override
    public Cancellable after(Duration delay, Runnable action) {
        Future<?> task = channel.eventLoop().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> task.cancel(false);
    }

    private synchronized boolean closes() {
        return !keepAlive;
    }

    synchronized boolean answered() {
        return answered;
    }

    synchronized void closeAfterwards() {
        keepAlive = false;
    }

    void gone() {
        Runnable action;
        synchronized (this) {
            gone = true;
            action = answered ? null : onGone;
            onGone = null;
        }
        if (action != null) {
            action.run();
        }
    }
}
