package io.edgemc.mailbox.view;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mailboxes as a store of Kubernetes objects, read only. A page of a list is read from the latest state, with the snapshot's position:
 * a watch from there makes up for what moved between pages. Thread-safe.
 */
final class MailboxStore implements KubeStore {
    private final ViewScope scope;
    private final MailboxIndex index;
    private final DesiredObjects desired;
    private final ReportedRows reported;
    private final MailboxChanges changes;
    private final ViewSignal signal;

    MailboxStore(
            ViewScope scope,
            MailboxIndex index,
            DesiredObjects desired,
            ReportedRows reported,
            MailboxChanges changes,
            ViewSignal signal) {
        this.scope = scope;
        this.index = index;
        this.desired = desired;
        this.reported = reported;
        this.changes = changes;
        this.signal = signal;
    }

    private record Place(String clusterUid, ObjectKey key) {}

    private record Item(
            MailboxHead head,
            ObjectKey key,
            String shown,
            @Nullable ManifestEntry entry,
            @Nullable ReportedRow row) {
        private static final Comparator<Item> ORDER =
                Comparator.comparing((Item item) -> item.key().namespace()).thenComparing(Item::shown);
    }

    @Override
    public long position() {
        return away(signal::position);
    }

    @Override
    public @Nullable StoredObject get(KindRef kind, String namespace, String name) {
        return away(() -> {
            index.refresh();
            for (ViewScope.Named named : scope.named(index, name)) {
                StoredObject found = find(named.head(), kind, namespace, named.name());
                if (found != null) {
                    return found;
                }
            }
            return null;
        });
    }

    private @Nullable StoredObject find(MailboxHead head, KindRef kind, String namespace, String name) {
        ObjectKey key;
        try {
            key = new ObjectKey(kind.group(), kind.resource(), namespace, name);
        } catch (IllegalArgumentException e) {
            return null;
        }
        ManifestEntry entry = desired.find(head.target(), key);
        ReportedRow row =
                reported.find(head.clusterUid(), key).stream().findFirst().orElse(null);
        return rendered(
                new Item(head, key, name, entry, row), entry == null ? Map.of() : desired.objects(List.of(entry)));
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        return away(() -> {
            long snapshot = query.snapshot() > 0 ? query.snapshot() : signal.position();
            // Memory must not be behind the position that a watch will start from.
            index.refresh();
            List<Item> items = items(query.kind());
            items.removeIf(item -> !selected(item, query));
            items.sort(Item.ORDER);
            int size = query.limit() > 0 ? Math.min(query.limit(), items.size()) : items.size();
            List<Item> page = items.subList(0, size);
            Map<Digest, ObjectNode> objects = desired.objects(
                    page.stream().<@Nullable ManifestEntry>map(Item::entry).toList());
            List<StoredObject> rendered = new ArrayList<>(size);
            for (Item item : page) {
                StoredObject object = rendered(item, objects);
                if (object != null) {
                    rendered.add(object);
                }
            }
            return new ObjectPage(rendered, snapshot, size < items.size(), items.size() - (long) size);
        });
    }

    private static boolean selected(Item item, ObjectQuery query) {
        String namespace = query.namespace();
        if (namespace != null && !namespace.equals(item.key().namespace())) {
            return false;
        }
        ObjectQuery.After after = query.after();
        if (after == null) {
            return true;
        }
        int order = item.key().namespace().compareTo(after.namespace());
        return order > 0 || order == 0 && item.shown().compareTo(after.name()) > 0;
    }

    private List<Item> items(KindRef kind) {
        Map<String, MailboxHead> heads =
                scope.heads(index).stream().collect(Collectors.toMap(MailboxHead::clusterUid, head -> head));
        Map<Place, ReportedRow> rows = new HashMap<>();
        reported.ofKind(heads.keySet(), kind).forEach(row -> rows.put(new Place(row.clusterUid(), row.key()), row));
        List<Item> items = new ArrayList<>();
        for (MailboxHead head : heads.values()) {
            for (ManifestEntry entry : desired.ofKind(head.target(), kind)) {
                ReportedRow row = rows.remove(new Place(head.clusterUid(), entry.key()));
                items.add(item(head, entry.key(), entry, row));
            }
        }
        rows.forEach((place, row) -> {
            MailboxHead head = heads.get(place.clusterUid());
            if (head != null) {
                items.add(item(head, place.key(), null, row));
            }
        });
        return items;
    }

    private Item item(MailboxHead head, ObjectKey key, @Nullable ManifestEntry entry, @Nullable ReportedRow row) {
        return new Item(head, key, scope.shownName(head, key.name()), entry, row);
    }

    private @Nullable StoredObject rendered(Item item, Map<Digest, ObjectNode> objects) {
        ManifestEntry entry = item.entry();
        ReportedRow row = item.row();
        ObjectNode object = entry == null || entry.content() == null ? null : objects.get(entry.content());
        long version = Math.max(
                row == null ? 0 : row.position(),
                entry == null && row != null ? 0 : item.head().targetPosition());
        return MergedObject.of(item.head(), scope, item.key(), object, row, version);
    }

    @Override
    public List<StoredChange> changesAfter(long position, int max) {
        return away(() -> {
            try {
                return changes.after(scope, position, max);
            } catch (MissingContentException gone) {
                throw new StoreException.Expired("contents of that time are not kept any more");
            }
        });
    }

    @Override
    public AutoCloseable onAdvance(LongConsumer listener) {
        return signal.listen(listener);
    }

    @Override
    public CompletableFuture<StoredObject> commit(ObjectWrite write, Actor actor) {
        return CompletableFuture.failedFuture(
                new StoreException.Invalid("", "what clusters hold is written through spaces, not here"));
    }

    private static <T extends @Nullable Object> T away(Supplier<T> read) {
        try {
            return read.get();
        } catch (DataAccessException e) {
            throw new StoreException.Unavailable("the database is away", e);
        }
    }
}
