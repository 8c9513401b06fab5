package io.edgemc.mailbox.view;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Takes every line of a stream as it comes. */
final class LineSink implements Flow.Subscriber<String> {
    private final Consumer<String> sink;

    LineSink(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        sink.accept(line);
    }

    @Override
    public void onError(Throwable failure) {
        // The test ends the stream.
    }

    @Override
    public void onComplete() {
        // The test ends the stream.
    }
}
