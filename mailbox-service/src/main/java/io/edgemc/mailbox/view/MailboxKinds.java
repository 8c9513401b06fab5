package io.edgemc.mailbox.view;

import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.mailbox.content.SeenKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The kinds that views of mailboxes serve: the built-in ones, and what is there. Thread-safe. */
final class MailboxKinds {
    private final SeenKinds seen;
    private final List<ServedKind> builtIn = BuiltInKinds.all();
    private volatile List<ObjectNode> known = List.of();
    private volatile List<ServedKind> served = List.of();

    MailboxKinds(SeenKinds seen) {
        this.seen = seen;
    }

    KindCatalog catalog() {
        return new KindCatalog(builtIn, () -> served, false);
    }

    /** Looks which kinds are there now. */
    synchronized void refresh() {
        List<ObjectNode> now = seen.all();
        if (!now.equals(known)) {
            List<ServedKind> kinds = new ArrayList<>();
            now.stream().map(MailboxKinds::kind).filter(Objects::nonNull).forEach(kind -> {
                if (builtIn.stream().noneMatch(one -> one.ref().equals(kind.ref()))) {
                    kinds.add(kind);
                }
            });
            served = List.copyOf(kinds);
            known = now;
        }
    }

    private static @Nullable ServedKind kind(ObjectNode definition) {
        if (definition.has("spec")) {
            return CrdKinds.of(definition, ServedKind.Origin.CRD);
        }
        String kind = definition.path("kind").asString("");
        if (kind.isEmpty()) {
            return null;
        }
        return ServedKind.schemaless(
                definition.path("group").asString(""),
                definition.path("version").asString(""),
                kind,
                definition.path("resource").asString(""),
                kind.toLowerCase(Locale.ROOT),
                definition.path("namespaced").asBoolean(false));
    }
}
