package io.edgemc.gateway.proxy;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
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
 * An upstream's body as it arrives: one piece is read ahead, so a slow client slows the upstream and nothing piles up.
 * The client's side asks with a time limit, so it can look after its own connection while the upstream is silent.
 */
final class ResponseStream implements BodySubscriber<ResponseStream>, AutoCloseable {
    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    /** What comes out of the stream. */
    sealed interface Piece {
        /** Bytes. */
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        /** Nothing follows. */
        record End() implements Piece {}

        /** The upstream broke off. */
        record Broken(Throwable cause) implements Piece {}
    }

    @Override
    public CompletionStage<ResponseStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (closed) {
            newSubscription.cancel();
        } else {
            newSubscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece.Broken(failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End());
    }

    /** As if the upstream had come to its end; what is here already still goes out. */
    void finish() {
        pieces.add(new Piece.End());
    }

    /** The next piece, or null when none came in time. */
    @Nullable
    Piece next(Duration atMost) throws InterruptedException {
        Piece piece = pieces.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        Flow.Subscription open = subscription;
        if (piece instanceof Piece.Bytes && open != null) {
            open.request(1);
        }
        return piece;
    }

    /** Whether a piece is here already. */
    boolean hasNext() {
        return !pieces.isEmpty();
    }

    static IOException broken(Piece.Broken piece) {
        return new IOException("the service broke off its answer", piece.cause());
    }

    /** Ends the upstream's connection if the body is not at its end. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }
}
