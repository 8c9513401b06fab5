package io.edgemc.c2p.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a transaction changes that somebody follows. Of two changes of one thing the later counts. Used by one thread. */
public final class Changes {
    private final Map<ServedKey, @Nullable ObjectNode> objects = new LinkedHashMap<>();
    private final Map<String, @Nullable String> transitions = new LinkedHashMap<>();

    /** An object is served like this from now on; it must have apiVersion, kind and metadata, and is not changed later. */
    public void serve(ServedKey key, ObjectNode object) {
        objects.put(key, object);
    }

    /** An object is no longer served. */
    public void withdraw(ServedKey key) {
        objects.put(key, null);
    }

    /** A transition of compliance; {@code data} null: there is nothing to be compliant with any more. */
    public void transition(String key, @Nullable String data) {
        transitions.put(key, data);
    }

    Map<ServedKey, @Nullable ObjectNode> objects() {
        return objects;
    }

    Map<String, @Nullable String> transitions() {
        return transitions;
    }
}
