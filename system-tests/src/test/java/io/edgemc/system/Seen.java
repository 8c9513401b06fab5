package io.edgemc.system;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a fabric8 informer tells of one kind in one view, in order: {@code + name}, {@code ~ name}, {@code - name}. */
final class Seen implements AutoCloseable {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final KubernetesClient client;
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    Seen(KubernetesClient client, ResourceDefinitionContext kind) {
        this.client = client;
        this.informer = client.genericKubernetesResources(kind).inAnyNamespace().inform(new Recorder());
    }

    /** Of objects whose name ends so: each once per run of equal events, as an informer may tell of an update many times. */
    List<String> of(String name) {
        List<String> told = new ArrayList<>();
        for (String event : events) {
            if (event.endsWith(name) && (told.isEmpty() || !told.getLast().equals(event))) {
                told.add(event);
            }
        }
        return told;
    }

    /** Keys in the informer's store. */
    List<String> keys() {
        return informer.getStore().listKeys();
    }

    @Override
    public void close() {
        informer.close();
        client.close();
    }

    private final class Recorder implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            events.add("+ " + object.getMetadata().getName());
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            boolean changed = !before.getMetadata()
                    .getResourceVersion()
                    .equals(now.getMetadata().getResourceVersion());
            if (changed) {
                events.add("~ " + now.getMetadata().getName());
            }
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            events.add("- " + object.getMetadata().getName());
        }
    }
}
