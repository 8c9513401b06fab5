package io.edgemc.placement.resolve;

import io.edgemc.api.manifest.ManifestEntry;
import java.util.Map;
import java.util.Objects;

/** A hub whose spaces place the pages of a shop, as most tests of rules need it. */
final class Shop {
    final TestHub hub = new TestHub();

    /** A cluster for production. */
    void cluster(String name) {
        cluster(name, "prod");
    }

    void cluster(String name, String env) {
        hub.apply(hub.write(hub.cluster(name, Map.of("env", env), Map.of())));
    }

    /** A placement of all ConfigMaps on production clusters, changed by the members given. */
    void placement(String space, String name, String members) {
        hub.apply(placed(space, name, members));
    }

    /** The same, to be written together with others. */
    Change placed(String space, String name, String members) {
        var spec = Json.object(
                "{'locationSelectors':[{'matchLabels':{'env':'prod'}}],'downsync':[{'resources':['configmaps']}]}");
        spec.setAll(Json.object(members));
        var placement = Json.object(
                "{'apiVersion':'edge-mc.io/v1alpha1','kind':'EdgePlacement','metadata':{'name':'" + name + "'}}");
        placement.set("spec", spec);
        return hub.object(space, "edgeplacements", placement);
    }

    Resolution page(String space, String text, String annotations) {
        return page(space, "page", text, annotations);
    }

    Resolution page(String space, String name, String text, String annotations) {
        return write(
                space,
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "','namespace':"
                        + "'shop','annotations':{" + annotations + "}},'data':{'text':'" + text + "'}}");
    }

    Resolution write(String space, String resource, String body) {
        return hub.apply(hub.object(space, resource, Json.object(body)));
    }

    ManifestEntry entry(String cluster, String key) {
        return Objects.requireNonNull(hub.entry(cluster, key), key);
    }
}
