package io.edgemc.syncer.apply;

import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.config.AdoptionPolicy;
import io.edgemc.syncer.kube.KubeClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Decides about an object that was there before us. The API server itself says, by a dry run, whether we would change it. */
final class Adoption {
    private final KubeClient kube;
    private final Supplier<AdoptionPolicy> policy;

    Adoption(KubeClient kube, Supplier<AdoptionPolicy> policy) {
        this.kube = kube;
        this.policy = policy;
    }

    boolean isNever() {
        return policy.get() == AdoptionPolicy.NEVER;
    }

    /** Returns if it may be adopted. */
    void check(ObjectKey key, String path, ObjectNode content) throws IOException, RefusedException {
        switch (policy.get()) {
            case ALWAYS -> {
                // Whatever it is.
            }
            case NEVER -> throw new RefusedException(refusal("it was there before, and the policy is never to adopt"));
            case IF_SAME -> {
                Optional<ObjectNode> live = kube.find(path);
                if (live.isPresent() && !same(live.get(), kube.apply(path, content, true))) {
                    throw new RefusedException(
                            refusal(key.text() + " was there before, and differs in fields that we would set"));
                }
            }
        }
    }

    private static Refusal refusal(String message) {
        return new Refusal("not-adopted", message, true, false, Duration.ofMinutes(5), Optional.empty());
    }

    private static boolean same(ObjectNode live, ObjectNode applied) {
        return Arrays.equals(comparable(live), comparable(applied));
    }

    private static byte[] comparable(ObjectNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
            metadata.remove("resourceVersion");
            metadata.remove("generation");
        }
        return CanonicalJson.bytes(object);
    }
}
