package io.edgemc.syncer.state;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryAction;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The compact form of a {@link Held} in the journal. */
final class HeldJson {
    private HeldJson() {}

    static ObjectNode write(Held held) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("key", held.key().text());
        json.put("trace", held.trace());
        ManifestEntry entry = held.entry();
        if (entry != null) {
            ObjectNode e = json.putObject("entry");
            e.put("action", entry.action().name());
            if (entry.content() != null) {
                e.put("content", entry.content().hex());
            }
            e.put("decision", entry.decision().hex());
            if (!entry.flags().isEmpty()) {
                ArrayNode flags = e.putArray("flags");
                entry.flags().forEach(flag -> flags.add(flag.name()));
            }
        }
        Applied applied = held.applied();
        if (applied != null) {
            ObjectNode a = json.putObject("applied");
            a.put("content", applied.content().hex());
            a.put("uid", applied.uid());
            a.put("fields", applied.fields());
            if (applied.adopted()) {
                a.put("adopted", true);
            }
        }
        Failure failure = held.failure();
        if (failure != null) {
            ObjectNode f = json.putObject("failure");
            f.put("reason", failure.reason());
            f.put("message", failure.message());
            f.put("retryable", failure.retryable());
            f.put("since", failure.since());
        }
        if (held.done()) {
            json.put("done", true);
        }
        return json;
    }

    static Held read(JsonNode json) {
        ObjectKey key = ObjectKey.parse(json.path("key").asString());
        return new Held(
                key,
                entry(key, json.path("entry")),
                json.path("trace").asString(""),
                applied(json.path("applied")),
                failure(json.path("failure")),
                json.path("done").asBoolean(false));
    }

    private static @Nullable ManifestEntry entry(ObjectKey key, JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        Set<EntryFlag> flags = EnumSet.noneOf(EntryFlag.class);
        json.path("flags").forEach(flag -> flags.add(EntryFlag.valueOf(flag.asString())));
        JsonNode content = json.path("content");
        return new ManifestEntry(
                key,
                EntryAction.valueOf(json.path("action").asString()),
                content.isString() ? Digest.parse(content.stringValue()) : null,
                flags,
                Digest.parse(json.path("decision").asString()));
    }

    private static @Nullable Applied applied(JsonNode json) {
        return json.isObject()
                ? new Applied(
                        Digest.parse(json.path("content").asString()),
                        json.path("uid").asString(),
                        json.path("fields").asString(),
                        json.path("adopted").asBoolean(false))
                : null;
    }

    private static @Nullable Failure failure(JsonNode json) {
        return json.isObject()
                ? new Failure(
                        json.path("reason").asString(),
                        json.path("message").asString(),
                        json.path("retryable").asBoolean(false),
                        json.path("since").asString())
                : null;
    }
}
