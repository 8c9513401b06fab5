package io.edgemc.mailbox.view;

import io.edgemc.mailbox.testing.TestPlacement.Cluster;

/** The view of all clusters. */
class ReadOnlyClustersTest extends MailboxViewContract {
    @Override
    String prefix() {
        return "/clusters/*";
    }

    @Override
    String nameAt(Cluster cluster) {
        return cluster.name() + ".a";
    }
}
