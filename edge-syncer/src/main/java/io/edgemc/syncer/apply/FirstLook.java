package io.edgemc.syncer.apply;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is there before the first apply. That nothing is, the API server's cache may say for most objects: it is behind by less than
 * what lies between a look and an apply anyway. Where more hangs on it, and where something is there, it is read.
 */
final class FirstLook {
    private FirstLook() {}

    /** Asks an API server for an object. */
    @FunctionalInterface
    interface Question {
        Optional<ObjectNode> ask() throws IOException;
    }

    /**
     * Whether the cache may say that an object is not there. Not where an object that was there before is left as it is
     * (create-only, existence, a namespace), not for one that was applied before, and not where nothing may ever be adopted.
     */
    static boolean mayBeCached(Held held, boolean adoptsNever) {
        return !adoptsNever
                && held.applied() == null
                && !held.has(EntryFlag.CREATE_ONLY)
                && !held.has(EntryFlag.EXISTENCE)
                && !GroupResource.of(held.key()).equals(GroupResource.NAMESPACES);
    }

    /** Nothing, if the cache knows of nothing; else what is really there, which may be another object or of another owner. */
    static Optional<ObjectNode> look(Question cached, Question fresh) throws IOException {
        return cached.ask().isEmpty() ? Optional.empty() : fresh.ask();
    }
}
