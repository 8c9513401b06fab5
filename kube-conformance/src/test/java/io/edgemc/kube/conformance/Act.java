package io.edgemc.kube.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one manager does to an object.
 *
 * @param how by which request
 * @param manager who
 * @param force only for applies
 * @param otherVersion whether in the kind's other version
 * @param base whether what every object needs is sent along
 * @param settings what it wants
 */
record Act(How how, String manager, boolean force, boolean otherVersion, boolean base, List<Setting> settings) {
    /** A request. */
    enum How {
        CREATE,
        APPLY,
        APPLY_STATUS,
        /** Replaces with nothing but what is wanted. */
        REPLACE,
        /** Replaces what is there with what is wanted over it. */
        EDIT,
        EDIT_STATUS,
        MERGE,
        MERGE_STATUS,
        STRATEGIC,
        JSON,
        SCALE,
        SCALE_MERGE,
        SCALE_APPLY,
        /** As {@code kubectl apply} without {@code --server-side}. */
        CLIENT_APPLY,
        /** Replaces {@code managedFields}. */
        MANAGED_FIELDS
    }

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** A request, ready to send. */
    record Request(String method, String path, String media, String body) {}

    /** @param now the object as it is on that side; missing if it is not there */
    Request on(Managed kind, String name, JsonNode now) {
        // The reference makes some kinds by a replace of what is not there.
        boolean edits = how == How.REPLACE || how == How.EDIT || how == How.EDIT_STATUS || how == How.MANAGED_FIELDS;
        if (edits && now.isMissingNode()) {
            return new Request("GET", kind.path() + "/" + name, "application/json", "");
        }
        String collection = otherVersion ? kind.otherPath() : kind.path();
        String at = collection + "/" + name;
        String by = "?fieldManager=" + manager + (force ? "&force=true" : "");
        return switch (how) {
            case CREATE ->
                new Request(
                        "POST",
                        collection + by,
                        "application/json",
                        wanted(kind, name).toString());
            case APPLY ->
                new Request(
                        "PATCH",
                        at + by,
                        "application/apply-patch+yaml",
                        wanted(kind, name).toString());
            case APPLY_STATUS ->
                new Request(
                        "PATCH",
                        at + "/status" + by,
                        "application/apply-patch+yaml",
                        wanted(kind, name).toString());
            case REPLACE -> {
                ObjectNode sent = wanted(kind, name);
                if (!kind.builtIn()) {
                    ((ObjectNode) sent.path("metadata"))
                            .set("resourceVersion", now.path("metadata").path("resourceVersion"));
                }
                yield new Request("PUT", at + by, "application/json", sent.toString());
            }
            case EDIT ->
                new Request("PUT", at + by, "application/json", over(kind, now).toString());
            case EDIT_STATUS ->
                new Request(
                        "PUT",
                        at + "/status" + by,
                        "application/json",
                        over(kind, now).toString());
            case MERGE -> new Request("PATCH", at + by, "application/merge-patch+json", bare().toString());
            case MERGE_STATUS ->
                new Request("PATCH", at + "/status" + by, "application/merge-patch+json", bare().toString());
            case STRATEGIC ->
                new Request("PATCH", at + by, "application/strategic-merge-patch+json", bare().toString());
            case JSON -> new Request("PATCH", at + by, "application/json-patch+json", operations(now));
            case SCALE -> new Request("PUT", at + "/scale" + by, "application/json", scale(name));
            case SCALE_MERGE ->
                new Request(
                        "PATCH",
                        at + "/scale" + by,
                        "application/merge-patch+json",
                        "{\"spec\":{\"replicas\":" + replicas() + "}}");
            case SCALE_APPLY -> new Request("PATCH", at + "/scale" + by, "application/apply-patch+yaml", scale(name));
            case CLIENT_APPLY -> {
                ObjectNode sent = wanted(kind, name);
                String text = sent + "\n";
                new Setting(
                                "metadata.annotations",
                                JsonMapper.shared().createObjectNode().put(LAST_APPLIED, text))
                        .into(sent);
                String client = "?fieldManager=kubectl-client-side-apply";
                yield now.isMissingNode()
                        ? new Request("POST", collection + client, "application/json", sent.toString())
                        : new Request("PATCH", at + client, "application/merge-patch+json", sent.toString());
            }
            case MANAGED_FIELDS ->
                new Request("PUT", at + by, "application/json", over(kind, now).toString());
        };
    }

    private ObjectNode wanted(Managed kind, String name) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("apiVersion", otherVersion ? kind.otherVersion() : kind.version());
        object.put("kind", kind.kind()).putObject("metadata").put("name", name);
        if (base) {
            object.setAll(kind.base().deepCopy());
        }
        settings.forEach(setting -> setting.into(object));
        return object;
    }

    private ObjectNode over(Managed kind, JsonNode now) {
        ObjectNode object = (ObjectNode) now.deepCopy();
        if (otherVersion) {
            object.put("apiVersion", kind.otherVersion());
        }
        settings.forEach(setting -> setting.into(object));
        return object;
    }

    private ObjectNode bare() {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        settings.forEach(setting -> setting.into(object));
        return object;
    }

    /** Adds what is wanted where there is a place for it, takes out what is there already. */
    private String operations(JsonNode now) {
        List<JsonNode> operations = new ArrayList<>();
        for (Setting setting : settings) {
            if (setting.path().contains("[")) {
                continue;
            }
            String pointer = "/" + setting.path().replace('.', '/');
            boolean there = now.at(pointer).equals(setting.value());
            ObjectNode operation = JsonMapper.shared()
                    .createObjectNode()
                    .put("op", there ? "remove" : "add")
                    .put("path", pointer);
            if (!there) {
                operation.set("value", setting.value());
            }
            operations.add(operation);
        }
        return operations.toString();
    }

    private int replicas() {
        return settings.isEmpty() ? 1 : settings.size() % 4;
    }

    private String scale(String name) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "apiVersion",
                        "autoscaling/v1",
                        "kind",
                        "Scale",
                        "metadata",
                        Map.of("name", name, "namespace", Managed.NAMESPACE),
                        "spec",
                        Map.of("replicas", replicas())));
    }

    Act with(List<Setting> fewer) {
        return new Act(how, manager, force, otherVersion, base, fewer);
    }

    @Override
    public String toString() {
        return manager + " " + how + (force ? " force" : "") + (otherVersion ? " in the other version" : "")
                + (base ? " base" : "")
                + String.join(
                        "",
                        settings.stream()
                                .map(setting -> "\n      " + setting.path() + ": " + setting.value())
                                .toList());
    }
}
