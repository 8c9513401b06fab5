package io.edgemc.placement.space;

import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.contract.KubeStoreContract;
import io.edgemc.servers.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;

class ViewStoreContractTest extends KubeStoreContract {
    private Replica replica;

    @Override
    protected KubeStore emptyStore() {
        replica = new Replica(TestPostgres.freshDatabase(), Replica.keys(), new Replica.NothingFollows());
        return replica.space();
    }

    @AfterEach
    void close() throws Exception {
        replica.close();
    }
}
