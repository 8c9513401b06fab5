package io.edgemc.placement.wiring;

import io.edgemc.changelog.Follower;
import io.edgemc.changelog.FollowerState;
import io.edgemc.placement.outbox.OutboxRow;
import io.edgemc.placement.space.SpaceEngine;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready means that writes and reads are served: the model is loaded. A relay that cannot reach the bus does not make the service
 * unready, since writes go on and are delivered after; it shows in the details and in the age of its queue.
 */
@Component("placementReadiness")
class Readiness implements HealthIndicator {
    private final SpaceEngine engine;
    private final Follower<OutboxRow> relay;

    Readiness(SpaceEngine engine, Follower<OutboxRow> relay) {
        this.engine = engine;
        this.relay = relay;
    }

    @Override
    public Health health() {
        boolean ready = engine.isReady() && relay.state() != FollowerState.STOPPED;
        return (ready ? Health.up() : Health.down())
                .withDetail("model", engine.isReady() ? "loaded" : "loading")
                .withDetail("relay", relay.state())
                .withDetail("oldestUnpublishedSeconds", relay.age().toSeconds())
                .build();
    }
}
