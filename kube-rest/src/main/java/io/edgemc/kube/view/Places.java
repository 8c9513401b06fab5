package io.edgemc.kube.view;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.view.KubeView.Place;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who is at work in a view. A watch and another request never wait for each other's places. Thread-safe. */
final class Places {
    private final ViewLimits limits;
    private final Semaphore watches;
    private final Semaphore requests;

    Places(ViewLimits limits) {
        this.limits = limits;
        this.watches = new Semaphore(limits.watches());
        this.requests = new Semaphore(limits.requests());
    }

    Place enter(KubeRequest request) {
        boolean watch = request.method().equals("GET") && request.flag("watch");
        Semaphore free = watch ? watches : requests;
        if (!free.tryAcquire()) {
            throw ApiError.tooManyRequests(
                    watch
                            ? "Too many requests, please try again later: the limit of " + limits.watches()
                                    + " open watches is reached"
                            : "Too many requests, please try again later: the limit of " + limits.requests()
                                    + " requests in flight is reached");
        }
        AtomicBoolean taken = new AtomicBoolean(true);
        return () -> {
            if (taken.getAndSet(false)) {
                free.release();
            }
        };
    }

    int requestsInFlight() {
        return limits.requests() - requests.availablePermits();
    }

    int openWatches() {
        return limits.watches() - watches.availablePermits();
    }
}
