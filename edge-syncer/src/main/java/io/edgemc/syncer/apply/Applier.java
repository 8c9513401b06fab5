package io.edgemc.syncer.apply;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.config.DriftPolicy;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.state.Applied;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Brings one object to what its entry asks, by server-side apply of our own fields. */
final class Applier {
    private final KubeClient kube;
    private final ContentSource contents;
    private final Ownership ownership;
    private final Adoption adoption;
    private final Observations observations;
    private final Supplier<DriftPolicy> driftPolicy;

    Applier(
            KubeClient kube,
            ContentSource contents,
            Ownership ownership,
            Adoption adoption,
            Observations observations,
            Supplier<DriftPolicy> driftPolicy) {
        this.kube = kube;
        this.contents = contents;
        this.ownership = ownership;
        this.adoption = adoption;
        this.observations = observations;
        this.driftPolicy = driftPolicy;
    }

    /** What the object is held as from now on. */
    Held apply(Held held) throws IOException, RefusedException {
        Digest digest = Objects.requireNonNull(held.content(), "an apply entry has content");
        if (held.has(EntryFlag.CREATE_ONLY) && held.applied() != null) {
            // Created once, and left alone from then on, also if someone deleted it.
            return held.applied(held.applied());
        }
        ObjectKey key = held.key();
        ObjectNode content = contents.find(key, digest)
                .orElseThrow(() -> new RefusedException(
                        Refusal.passing("content-missing", "the content is not here, and the hub did not give it")));
        String path = ResourceType.path(version(content, key), key);
        Optional<Observation> live = look(held, path);
        if (live.isPresent() && live.get().exists()) {
            Observation seen = live.get();
            if (seen.deleting()) {
                throw new RefusedException(
                        Refusal.passing("terminating", "it is being deleted; it is made anew when it is gone"));
            }
            boolean ours = isOurs(held, seen);
            if (!ours && (held.has(EntryFlag.CREATE_ONLY) || held.has(EntryFlag.EXISTENCE))) {
                return held.applied(new Applied(digest, seen.uid(), ""));
            }
            if (ours && held.has(EntryFlag.CREATE_ONLY)) {
                return held.applied(new Applied(digest, seen.uid(), seen.fields()));
            }
            if (ours && driftPolicy.get() == DriftPolicy.FREEZE && Drift.of(held, seen, ownership) == Drift.CHANGED) {
                throw new RefusedException(drifted());
            }
            if (!ours) {
                adoption.check(key, path, content);
            }
        }
        boolean adopted = isAdopted(held, live);
        return applied(held, digest, path, body(held, content, live, adopted), adopted);
    }

    /** A namespace that was there when we first came; one that was deleted and made anew by us is not. */
    private boolean isAdopted(Held held, Optional<Observation> live) {
        if (!GroupResource.of(held.key()).equals(GroupResource.NAMESPACES)
                || live.isEmpty()
                || !live.get().exists()) {
            return false;
        }
        Applied applied = held.applied();
        return !isOurs(held, live.get()) || live.get().adopted() || applied != null && applied.adopted();
    }

    /** What is said of an object that drifted and is not to be corrected. */
    static Refusal drifted() {
        return Refusal.lasting(
                "drifted", "fields of ours were changed at the edge, and the drift policy leaves them so");
    }

    private Held applied(Held held, Digest digest, String path, ObjectNode body, boolean adopted) throws IOException {
        ObjectNode result = kube.apply(path, body, false);
        observations.present(held.key(), result);
        return held.applied(new Applied(
                digest, result.path("metadata").path("uid").asString(""), OwnedFields.mark(result), adopted));
    }

    private ObjectNode body(Held held, ObjectNode content, Optional<Observation> live, boolean adopted) {
        ObjectNode body = ownership.marked(
                held.has(EntryFlag.EXISTENCE) ? existence(content, held.key()) : content, held.key(), adopted);
        if (live.isPresent() && live.get().autoscaled()) {
            OwnedFields.yieldReplicas(body);
        }
        return body;
    }

    /** By what was observed if that says enough; a first contact is always looked at. */
    private Optional<Observation> look(Held held, String path) throws IOException {
        Optional<Observation> seen = observations.find(held.key());
        boolean known = held.applied() != null && seen.isPresent() && seen.get().exists() && isOurs(held, seen.get());
        if (known) {
            return seen;
        }
        Optional<ObjectNode> live = FirstLook.mayBeCached(held, adoption.isNever())
                ? FirstLook.look(() -> kube.findCached(path), () -> kube.find(path))
                : kube.find(path);
        live.ifPresentOrElse(
                found -> observations.present(held.key(), found), () -> observations.absentNow(held.key()));
        return live.map(Observation::of);
    }

    /** By its mark; or it is still the very object that we marked, and someone took the mark off. */
    private boolean isOurs(Held held, Observation seen) {
        Applied applied = held.applied();
        return seen.mark().equals(ownership.markOf(held.key()))
                || applied != null
                        && !applied.fields().isEmpty()
                        && applied.uid().equals(seen.uid());
    }

    private static ObjectNode existence(ObjectNode content, ObjectKey key) {
        ObjectNode bare = JsonNodeFactory.instance.objectNode();
        bare.set("apiVersion", content.path("apiVersion"));
        bare.set("kind", content.path("kind"));
        bare.putObject("metadata").put("name", key.name());
        return bare;
    }

    private static String version(ObjectNode content, ObjectKey key) throws RefusedException {
        String apiVersion = content.path("apiVersion").asString("");
        String prefix = key.group().isEmpty() ? "" : key.group() + "/";
        if (!apiVersion.startsWith(prefix) || apiVersion.length() == prefix.length()) {
            throw new RefusedException(
                    Refusal.lasting("invalid", "apiVersion \"" + apiVersion + "\" is not of group " + key.group()));
        }
        String version = apiVersion.substring(prefix.length());
        if (!version.matches("[a-z0-9]{1,63}")) {
            throw new RefusedException(Refusal.lasting("invalid", "apiVersion \"" + apiVersion + "\" is not usable"));
        }
        return version;
    }
}
