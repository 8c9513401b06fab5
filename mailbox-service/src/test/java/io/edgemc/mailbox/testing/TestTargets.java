package io.edgemc.mailbox.testing;

import io.edgemc.api.target.Target;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;

/** What became of targets. */
public final class TestTargets {
    private TestTargets() {}

    /** Returns when the target is the one of its mailbox. */
    public static void await(Target target) {
        Until.holds(
                "the target counts",
                () -> TestHub.shared()
                        .bean(MailboxIndex.class)
                        .find(target.clusterUid())
                        .filter(head -> head.targetRevision() == target.revision())
                        .isPresent());
    }

    /** How many targets of the cluster wait in the table. */
    public static long parked(Cluster cluster) {
        Long count = TestHub.shared()
                .jdbc()
                .queryForObject("select count(*) from parked_target where cluster_uid = ?", Long.class, cluster.uid());
        return count == null ? 0 : count;
    }
}
