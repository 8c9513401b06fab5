package io.edgemc.kube.clients;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** What programs see of changes through fabric8. */
final class Fabric8Watches {
    private Fabric8Watches() {}

    static Map<String, Consumer<Fabric8>> scenarios() {
        Map<String, Consumer<Fabric8>> all = new LinkedHashMap<>();
        all.put("informer", Fabric8Watches::informer);
        all.put("informer by label", Fabric8Watches::informerByLabel);
        all.put("informer of a custom kind", Fabric8Watches::informerOfCustomKind);
        all.put("watch from a version", Fabric8Watches::watchFromVersion);
        all.put("wait until a condition", Fabric8Watches::waitUntilCondition);
        return all;
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <T extends HasMetadata> ResourceEventHandler<T> told(
            CopyOnWriteArrayList<String> lines, Function<T, Object> content) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                lines.add("added " + object.getMetadata().getName() + " " + content.apply(object));
            }

            @Override
            public void onUpdate(T old, T object) {
                lines.add("updated " + object.getMetadata().getName() + " " + content.apply(old) + " -> "
                        + content.apply(object));
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                lines.add("deleted " + object.getMetadata().getName() + " " + content.apply(object));
            }
        };
    }

    private static void informer(Fabric8 it) {
        CopyOnWriteArrayList<String> lines = new CopyOnWriteArrayList<>();
        it.client().configMaps().resource(it.map("before", "1")).create();
        try (SharedIndexInformer<ConfigMap> informer =
                it.client().configMaps().inform(told(lines, ConfigMap::getData))) {
            it.sayOnce("initially", lines, 1);
            it.client().configMaps().resource(it.map("after", "1")).create();
            it.sayOnce("created", lines, 1);
            it.client()
                    .configMaps()
                    .withName("after")
                    .edit(map -> new ConfigMapBuilder(map).addToData("k", "2").build());
            it.sayOnce("edited", lines, 1);
            it.client().configMaps().withName("before").delete();
            it.sayOnce("deleted", lines, 1);
            it.client().resource(it.map("after", "2")).update();
            it.client().configMaps().resource(it.map("last", "1")).create();
            it.sayOnce("updated without a change, another created", lines, 1);
            it.say(
                    "in the cache",
                    informer.getStore().listKeys().stream().sorted().toList());
        }
    }

    private static void informerByLabel(Fabric8 it) {
        CopyOnWriteArrayList<String> lines = new CopyOnWriteArrayList<>();
        it.client().configMaps().resource(it.map("a", "1")).create();
        try (SharedIndexInformer<ConfigMap> informer = it.client()
                .configMaps()
                .withLabel("chosen", "yes")
                .inform(told(lines, map -> map.getMetadata().getLabels()))) {
            Fabric8.until(informer::hasSynced);
            for (String value : new String[] {"yes", "no", "yes"}) {
                it.client()
                        .configMaps()
                        .withName("a")
                        .edit(map -> new ConfigMapBuilder(map)
                                .editMetadata()
                                .addToLabels("chosen", value)
                                .endMetadata()
                                .build());
                it.sayOnce("chosen " + value, lines, 1);
            }
        }
    }

    private static void informerOfCustomKind(Fabric8 it) {
        CopyOnWriteArrayList<String> lines = new CopyOnWriteArrayList<>();
        Lamps.define(it, "informed");
        var lamps = it.client().genericKubernetesResources(Lamps.context("informed"));
        lamps.resource(Lamps.lamp("informed", "a", 10)).create();
        try (SharedIndexInformer<GenericKubernetesResource> informer =
                lamps.inform(told(lines, lamp -> Lamps.spec(lamp).get("watts")))) {
            it.sayOnce("initially", lines, 1);
            lamps.withName("a").edit(lamp -> {
                Lamps.spec(lamp).put("watts", 20);
                return lamp;
            });
            it.sayOnce("edited", lines, 1);
            lamps.withName("a").delete();
            it.sayOnce("deleted", lines, 1);
            it.say("in the cache", informer.getStore().listKeys());
        }
    }

    private static void watchFromVersion(Fabric8 it) {
        CopyOnWriteArrayList<String> lines = new CopyOnWriteArrayList<>();
        ConfigMap first = it.client().configMaps().resource(it.map("a", "1")).create();
        it.client().resource(it.map("a", "2")).update();
        it.client().configMaps().resource(it.map("b", "1")).create();
        it.client().configMaps().withName("a").delete();
        Watcher<ConfigMap> watcher = new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                lines.add(action + " " + map.getMetadata().getName() + " " + map.getData());
            }

            @Override
            public void onClose(WatcherException cause) {
                lines.add("closed by " + cause.getMessage());
            }
        };
        try (Watch watch = it.client()
                .configMaps()
                .watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(first.getMetadata().getResourceVersion())
                                .build(),
                        watcher)) {
            it.sayOnce("seen by " + Objects.nonNull(watch), lines, 3);
        }
    }

    private static void waitUntilCondition(Fabric8 it) {
        it.client().configMaps().resource(it.map("a", "1")).create();
        Thread writer = Thread.ofVirtual()
                .start(() -> it.client()
                        .configMaps()
                        .withName("a")
                        .edit(map ->
                                new ConfigMapBuilder(map).addToData("k", "2").build()));
        ConfigMap seen = it.client()
                .configMaps()
                .withName("a")
                .waitUntilCondition(map -> map != null && map.getData().get("k").equals("2"), 20, TimeUnit.SECONDS);
        it.say("came true", seen.getData());
        Thread deleter = Thread.ofVirtual()
                .start(() -> it.client().configMaps().withName("a").delete());
        it.say(
                "gone",
                it.client().configMaps().withName("a").waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS));
        try {
            writer.join();
            deleter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
