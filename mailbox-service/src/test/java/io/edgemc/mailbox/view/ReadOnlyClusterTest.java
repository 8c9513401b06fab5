package io.edgemc.mailbox.view;

import io.edgemc.mailbox.testing.TestPlacement.Cluster;

/** The view of one cluster. */
class ReadOnlyClusterTest extends MailboxViewContract {
    @Override
    String prefix() {
        return "/clusters/" + cluster();
    }

    @Override
    String nameAt(Cluster cluster) {
        return "a";
    }
}
