package io.edgemc.c2p.fleet;

import io.edgemc.c2p.cluster.Clusters;
import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.total.Edits;
import io.edgemc.c2p.total.Totals;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Notices clusters whose reports have become too old: what passed there is unknown from then on. */
final class Silence {
    private static final int PAGE = 100;

    private final Ledger ledger;
    private final Clusters clusters;
    private final Totals totals;
    private final Duration threshold;
    private final Clock clock;

    Silence(Ledger ledger, Clusters clusters, Totals totals, Duration threshold, Clock clock) {
        this.ledger = ledger;
        this.clusters = clusters;
        this.totals = totals;
        this.threshold = threshold;
        this.clock = clock;
    }

    /** Looks once; costs an index look-up if nobody fell silent. */
    void look() {
        List<String> expired;
        do {
            expired = clusters.expired(clock.instant(), PAGE);
            if (!expired.isEmpty()) {
                expire(expired);
            }
        } while (expired.size() == PAGE);
    }

    private void expire(List<String> uids) {
        ledger.run(changes -> {
            Edits edits = new Edits();
            for (KnownCluster cluster : clusters.all(uids).values()) {
                KnownCluster now = cluster.at(threshold, clock.instant());
                clusters.write(now);
                if (now.current() != cluster.current()) {
                    edits.moved(cluster.uid());
                }
            }
            totals.apply(edits, changes);
        });
    }
}
