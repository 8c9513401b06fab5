package io.edgemc.kube.store.memory;

import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.contract.KubeStoreContract;

class MemoryStoreTest extends KubeStoreContract {
    @Override
    protected KubeStore emptyStore() {
        return new MemoryStore();
    }
}
