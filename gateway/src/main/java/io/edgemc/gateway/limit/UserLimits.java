package io.edgemc.gateway.limit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** Keeps one user from using up the gateway for the others. Only authenticated names make entries. Thread-safe. */
public final class UserLimits {
    private final Limits limits;
    private final Semaphore allStreams;
    private final RateLimiterConfig rate;
    private final ConcurrentMap<String, Usage> byUser = new ConcurrentHashMap<>();

    /**
     * Per user.
     *
     * @param inFlight requests at a time, without streams
     * @param streams open streams (watches)
     * @param perSecond requests begun in a second
     */
    public record Limits(int inFlight, int streams, int perSecond) {
        public Limits {
            if (inFlight < 1 || streams < 1 || perSecond < 1) {
                throw new IllegalArgumentException("limits per user are at least 1");
            }
        }
    }

    private record Usage(Semaphore inFlight, Semaphore streams, RateLimiter rate) {}

    /** A place that was taken; given back when the request is over. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @param allStreams open streams of all users together */
    public UserLimits(Limits limits, int allStreams) {
        this.limits = limits;
        this.allStreams = new Semaphore(allStreams);
        this.rate = RateLimiterConfig.custom()
                .limitForPeriod(limits.perSecond())
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /** Takes a place, or none: then the user waits. */
    public Optional<Place> enter(String user, boolean stream) {
        Usage usage = byUser.computeIfAbsent(
                user,
                name -> new Usage(
                        new Semaphore(limits.inFlight()),
                        new Semaphore(limits.streams()),
                        RateLimiter.of("user", rate)));
        if (!usage.rate.acquirePermission()) {
            return Optional.empty();
        }
        Optional<Place> own = place(stream ? usage.streams : usage.inFlight);
        return stream ? own.flatMap(this::amongAll) : own;
    }

    private Optional<Place> amongAll(Place own) {
        Optional<Place> shared = place(allStreams);
        if (shared.isEmpty()) {
            own.close();
        }
        return shared.map(place -> () -> {
            place.close();
            own.close();
        });
    }

    private static Optional<Place> place(Semaphore places) {
        return places.tryAcquire() ? Optional.of(places::release) : Optional.empty();
    }
}
