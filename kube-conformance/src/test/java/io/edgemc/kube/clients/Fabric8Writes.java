package io.edgemc.kube.clients;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What programs do with objects through fabric8. */
final class Fabric8Writes {
    private Fabric8Writes() {}

    static Map<String, Consumer<Fabric8>> scenarios() {
        Map<String, Consumer<Fabric8>> all = new LinkedHashMap<>();
        all.put("typed objects", Fabric8Writes::typed);
        all.put("edit", Fabric8Writes::edit);
        all.put("patch types", Fabric8Writes::patches);
        all.put("apply", Fabric8Writes::apply);
        all.put("locking", Fabric8Writes::locking);
        all.put("generic objects", Fabric8Writes::generic);
        all.put("lists", Fabric8Writes::lists);
        all.put("status and scale", Fabric8Writes::statusAndScale);
        all.put("several objects", Fabric8Writes::several);
        all.put("errors", Fabric8Writes::errors);
        return all;
    }

    private static void typed(Fabric8 it) {
        Resource<ConfigMap> map = it.client().configMaps().resource(it.map("a", "1"));
        it.show("created", map.create());
        it.refused("created again", map::create);
        it.show("updated", it.client().resource(it.map("a", "2")).update());
        it.show("patched", it.client().resource(it.map("a", "3")).patch());
        it.show(
                "create or replace",
                it.client().resource(it.map("b", "1")).unlock().createOr(r -> r.update()));
        it.say("deleted", map.delete().size());
        it.say("deleted again", map.delete().size());
        it.say("read after deletion", map.get());
        it.show(
                "deployment",
                it.client().apps().deployments().resource(it.deployment("d", 2)).create());
    }

    private static void edit(Fabric8 it) {
        it.client().configMaps().resource(it.map("a", "1")).create();
        it.show(
                "edited",
                it.client()
                        .configMaps()
                        .withName("a")
                        .edit(map -> new ConfigMapBuilder(map)
                                .addToData("l", "2")
                                .editMetadata()
                                .addToLabels("x", "y")
                                .endMetadata()
                                .build()));
        it.client().apps().deployments().resource(it.deployment("d", 1)).create();
        Deployment edited = it.client()
                .apps()
                .deployments()
                .withName("d")
                .edit(deployment -> new DeploymentBuilder(deployment)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .addNewContainer()
                        .withName("b")
                        .withImage("b:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        it.show("a container more", edited);
    }

    private static void patches(Fabric8 it) {
        it.client().apps().deployments().resource(it.deployment("d", 1)).create();
        Resource<Deployment> there = it.client().apps().deployments().withName("d");
        it.show("strategic", there.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
                {"spec":{"template":{"spec":{"containers":[{"name":"a","env":[{"name":"A","value":"1"}]}]}}}}"""));
        it.show("merge", there.patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"metadata":{"labels":{"x":"y"}},"spec":{"replicas":3}}"""));
        it.show("JSON", there.patch(PatchContext.of(PatchType.JSON), """
                [{"op":"remove","path":"/metadata/labels"},{"op":"replace","path":"/spec/paused","value":true}]"""));
        it.refused("a JSON patch that fails", () -> there.patch(PatchContext.of(PatchType.JSON), """
                [{"op":"test","path":"/spec/replicas","value":1}]"""));
    }

    private static void apply(Fabric8 it) {
        it.show(
                "created",
                it.client().resource(it.map("a", "1")).fieldManager("one").serverSideApply());
        it.refused(
                "a conflict",
                () -> it.client().resource(it.map("a", "2")).fieldManager("two").serverSideApply());
        ConfigMap forced = it.client()
                .resource(it.map("a", "2"))
                .fieldManager("two")
                .forceConflicts()
                .serverSideApply();
        it.show("forced", forced);
        it.say(
                "owners",
                forced.getMetadata().getManagedFields().stream()
                        .map(entry -> entry.getManager() + " " + entry.getOperation() + " "
                                + Serialization.asJson(entry.getFieldsV1()))
                        .sorted()
                        .toList());
        it.show(
                "by generic objects",
                it.client()
                        .genericKubernetesResources("v1", "ConfigMap")
                        .resource(Serialization.unmarshal(
                                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"m\":\"3\"}}",
                                GenericKubernetesResource.class))
                        .fieldManager("three")
                        .serverSideApply());
    }

    private static void locking(Fabric8 it) {
        ConfigMap first = it.client().configMaps().resource(it.map("a", "1")).create();
        ConfigMap second = it.client().resource(it.map("a", "2")).update();
        String old = first.getMetadata().getResourceVersion();
        it.say("another version", !old.equals(second.getMetadata().getResourceVersion()));
        it.refused(
                "of an old version",
                () -> it.client()
                        .resource(it.map("a", "3"))
                        .lockResourceVersion(old)
                        .update());
        it.show(
                "of the last version",
                it.client()
                        .resource(it.map("a", "3"))
                        .lockResourceVersion(second.getMetadata().getResourceVersion())
                        .update());
        it.say("still there", it.client().resource(first).get() != null);
        it.say(
                "edited after all",
                it.client()
                        .configMaps()
                        .withName("a")
                        .edit(map ->
                                new ConfigMapBuilder(map).addToData("k", "4").build())
                        .getData());
    }

    private static void generic(Fabric8 it) {
        Lamps.define(it, "generic");
        var lamps = it.client().genericKubernetesResources(Lamps.context("generic"));
        it.show("created", lamps.resource(Lamps.lamp("generic", "a", 10)).create());
        it.show("edited", lamps.withName("a").edit(lamp -> {
            Lamps.spec(lamp).put("colour", "red");
            return lamp;
        }));
        it.refused(
                "too much",
                () -> lamps.resource(Lamps.lamp("generic", "b", 1000)).create());
        it.show("status", lamps.withName("a").editStatus(lamp -> {
            lamp.setAdditionalProperty("status", Map.of("lit", true));
            return lamp;
        }));
        it.say("listed", lamps.list().getItems().size());
        it.say("deleted", lamps.withName("a").delete().size());
        it.say("read after deletion", lamps.withName("a").get());
    }

    private static void lists(Fabric8 it) {
        for (String name : new String[] {"a", "b", "c"}) {
            it.client().configMaps().resource(it.map(name, "1")).create();
        }
        ConfigMapList page = it.client()
                .configMaps()
                .list(new ListOptionsBuilder().withLimit(2L).build());
        it.say(
                "a page of",
                page.getItems().size() + ", remaining " + page.getMetadata().getRemainingItemCount());
        ConfigMapList rest = it.client()
                .configMaps()
                .list(new ListOptionsBuilder()
                        .withContinue(page.getMetadata().getContinue())
                        .build());
        it.say("the rest", rest.getItems().size());
        it.say(
                "by a field",
                it.client()
                        .configMaps()
                        .withField("metadata.name", "b")
                        .list()
                        .getItems()
                        .size());
        it.say(
                "without a label",
                it.client().configMaps().withoutLabel("x").list().getItems().size());
        it.say("deleted", it.client().configMaps().delete().size());
        it.say("left", it.client().configMaps().list().getItems().size());
    }

    private static void statusAndScale(Fabric8 it) {
        it.client().apps().deployments().resource(it.deployment("d", 1)).create();
        var there = it.client().apps().deployments().withName("d");
        it.show(
                "status",
                there.editStatus(deployment -> new DeploymentBuilder(deployment)
                        .withNewStatus()
                        .withReplicas(1)
                        .withReadyReplicas(1)
                        .endStatus()
                        .editSpec()
                        .withReplicas(7)
                        .endSpec()
                        .build()));
        it.say("scale", Serialization.asYaml(there.scale()));
        it.say("scaled to", there.scale(3).getSpec().getReplicas());
        it.say("generation", there.get().getMetadata().getGeneration());
    }

    private static void several(Fabric8 it) {
        String yaml = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                data: {k: v}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: b}
                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: c}
                spec: {minAvailable: 1, selector: {matchLabels: {a: b}}}
                """;
        it.client().load(Fabric8Watches.stream(yaml)).create().forEach(made -> it.show("created", made));
        it.client().load(Fabric8Watches.stream(yaml)).get().forEach(made -> it.say("read", made.getKind()));
        it.client()
                .load(Fabric8Watches.stream(yaml))
                .serverSideApply()
                .forEach(made -> it.say("applied", made.getKind()));
        it.say("deleted", it.client().load(Fabric8Watches.stream(yaml)).delete().size());
    }

    private static void errors(Fabric8 it) {
        it.say("absent", it.client().configMaps().withName("absent").get());
        it.refused(
                "absent, required",
                () -> it.client()
                        .configMaps()
                        .withName("absent")
                        .edit(map ->
                                new ConfigMapBuilder(map).addToData("k", "2").build()));
        it.refused(
                "no name",
                () -> it.client()
                        .configMaps()
                        .resource(it.map("Not_Valid", "1"))
                        .create());
        it.refused(
                "no namespace",
                () -> it.client()
                        .configMaps()
                        .inNamespace(it.namespace() + "-absent")
                        .resource(it.map("a", "1"))
                        .create());
        it.refused(
                "a kind that is not served",
                () -> it.client()
                        .genericKubernetesResources("absent.example/v1", "Absent")
                        .list());
    }
}
