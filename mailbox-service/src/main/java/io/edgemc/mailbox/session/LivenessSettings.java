package io.edgemc.mailbox.session;

import java.time.Duration;

/**
 * When a cluster counts as silent.
 *
 * @param disconnectAfter without a connection, a cluster is reported as disconnected after this time
 * @param staleAfter without contact, a cluster is reported as stale after this time
 * @param flushEvery how often the times of last contact are written
 */
public record LivenessSettings(Duration disconnectAfter, Duration staleAfter, Duration flushEvery) {
    public LivenessSettings {
        if (disconnectAfter.isNegative() || staleAfter.compareTo(disconnectAfter) < 0 || flushEvery.isNegative()) {
            throw new IllegalArgumentException("a cluster is disconnected before it is stale");
        }
    }
}
