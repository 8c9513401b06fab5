package io.edgemc.syncer.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response body as a stream whose reads give up after a silence. The client's own time-out ends with the headers, so without
 * this a half-open connection would hold a watch or a long poll for ever. One chunk at a time is asked for, so a slow reader
 * holds little memory.
 */
public final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    private sealed interface Signal {}

    private record Chunk(List<ByteBuffer> buffers) implements Signal {}

    private record End(@Nullable Throwable cause) implements Signal {}

    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Duration silence;
    private List<ByteBuffer> current = List.of();
    private int index;
    private @Nullable End end;

    private TimedBody(Duration silence) {
        this.silence = silence;
    }

    /** A handler whose stream throws {@link HttpTimeoutException} after so long a silence. */
    public static HttpResponse.BodyHandler<InputStream> after(Duration silence) {
        return info -> new TimedBody(silence);
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        if (subscription.complete(newSubscription)) {
            newSubscription.request(1);
        } else {
            newSubscription.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Chunk(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        signals.add(new End(cause));
    }

    @Override
    public void onComplete() {
        signals.add(new End(null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = next();
        if (buffer == null) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    /** Cancels the exchange. */
    @Override
    public void close() {
        subscription.thenAccept(Flow.Subscription::cancel);
        signals.add(new End(new IOException("the stream was closed")));
    }

    private @Nullable ByteBuffer next() throws IOException {
        while (true) {
            while (index < current.size()) {
                if (current.get(index).hasRemaining()) {
                    return current.get(index);
                }
                index++;
            }
            if (end == null && !current.isEmpty()) {
                current = List.of();
                subscription.thenAccept(s -> s.request(1));
            }
            if (end == null) {
                take();
            }
            if (end != null) {
                if (end.cause() != null) {
                    throw new IOException("the stream broke: " + end.cause().getMessage(), end.cause());
                }
                return null;
            }
        }
    }

    private void take() throws IOException {
        try {
            switch (signals.poll(silence.toMillis(), TimeUnit.MILLISECONDS)) {
                case null -> {
                    subscription.thenAccept(Flow.Subscription::cancel);
                    throw new HttpTimeoutException("nothing came for " + silence.toSeconds() + " s");
                }
                case Chunk chunk -> {
                    current = chunk.buffers();
                    index = 0;
                }
                case End last -> end = last;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            subscription.thenAccept(Flow.Subscription::cancel);
            throw new InterruptedIOException("interrupted while reading");
        }
    }
}
