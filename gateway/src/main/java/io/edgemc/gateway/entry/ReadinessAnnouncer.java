package io.edgemc.gateway.entry;

import io.edgemc.gateway.follow.SystemFollower;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

/** Keeps the application from being called ready before the access grants are known. */
final class ReadinessAnnouncer {
    private final ApplicationContext context;
    private final SystemFollower follower;

    ReadinessAnnouncer(ApplicationContext context, SystemFollower follower) {
        this.context = context;
        this.follower = follower;
        follower.onFirstState(() -> announce(ReadinessState.ACCEPTING_TRAFFIC));
    }

    /** The framework calls the application ready when it has started. */
    @EventListener
    void onReadiness(AvailabilityChangeEvent<ReadinessState> event) {
        if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC
                && follower.state().isEmpty()) {
            announce(ReadinessState.REFUSING_TRAFFIC);
        }
    }

    private void announce(ReadinessState state) {
        AvailabilityChangeEvent.publish(context, state);
    }
}
