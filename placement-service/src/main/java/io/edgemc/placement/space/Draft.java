package io.edgemc.placement.space;

import io.edgemc.api.event.FleetEvent;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Version.Body;
import io.edgemc.placement.space.Version.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A group commit in the making: the versions that its tasks want, each with its position, which is known because nobody else
 * writes meanwhile. For the engine's thread only.
 */
public final class Draft {
    private final SpaceModel model;
    private final SpaceQuota quota;
    private final long before;
    private final Instant now;
    private final List<Version> versions = new ArrayList<>();
    private final Map<ObjectRef, Integer> latest = new HashMap<>();
    private final Map<View, Usage> added = new HashMap<>();
    private final List<Ledger.Event> events = new ArrayList<>();
    private final List<Ledger.Progress> progress = new ArrayList<>();
    private final Map<Ledger.Copy, Ledger.Returned> returned = new LinkedHashMap<>();

    Draft(SpaceModel model, SpaceQuota quota, long before, Instant now) {
        this.model = model;
        this.quota = quota;
        this.before = before;
        this.now = now;
    }

    /** Names this group commit, greater than that of every earlier one. */
    public long revision() {
        return before + 1;
    }

    public Instant now() {
        return now;
    }

    boolean isEmpty() {
        return versions.isEmpty() && events.isEmpty() && progress.isEmpty() && returned.isEmpty();
    }

    /** What was drafted so far, in order; a view. */
    public List<Version> versions() {
        return versions;
    }

    List<Ledger.Event> events() {
        return events;
    }

    List<Ledger.Returned> returned() {
        return List.copyOf(returned.values());
    }

    List<Ledger.Progress> progress() {
        return progress;
    }

    /** The object as of this draft; null if there is none. */
    public @Nullable StoredObject current(ObjectRef ref) {
        Integer index = latest.get(ref);
        return index == null ? model.current(ref) : versions.get(index).stored();
    }

    /** Uid of the object as of this draft, without reading it; null if it is not there. */
    public @Nullable String uid(ObjectRef ref) {
        Integer index = latest.get(ref);
        if (index != null) {
            Version version = versions.get(index);
            return version.isTombstone() ? null : version.uid();
        }
        Head head = model.head(ref);
        return head == null ? null : head.uid();
    }

    /** Whether the object is there as of this draft, without reading it. */
    public boolean exists(ObjectRef ref) {
        Integer index = latest.get(ref);
        return index == null ? model.head(ref) != null : !versions.get(index).isTombstone();
    }

    /** Whether this draft creates the object, removes it, or changes more of it than its status. */
    public boolean changes(ObjectRef ref) {
        Integer index = latest.get(ref);
        return index != null && versions.get(index).contentPosition() > before;
    }

    /** Every object of a view as of this draft, perhaps with some that it removes; costs a walk over all objects. */
    public Stream<ObjectRef> refs(View view) {
        Stream<ObjectRef> drafted =
                latest.keySet().stream().filter(ref -> ref.view().equals(view) && model.head(ref) == null);
        return Stream.concat(model.refs(view), drafted);
    }

    /** Position of the current version as of this draft; 0 if there is none. */
    long positionOf(ObjectRef ref) {
        Integer index = latest.get(ref);
        if (index != null) {
            Version version = versions.get(index);
            return version.isTombstone() ? 0 : version.position();
        }
        Head head = model.head(ref);
        return head == null ? 0 : head.position();
    }

    /** What a view holds as of this draft. */
    Usage usage(View view) {
        return model.usage(view).plus(added.getOrDefault(view, Usage.NOTHING));
    }

    /**
     * Refuses a version that a space has no room for. One that is on its way out is always taken.
     *
     * @throws io.edgemc.kube.store.StoreException.QuotaExceeded says which limit
     */
    void requireRoom(ObjectRef ref, Body body) {
        if (!ref.view().isSpace()) {
            return;
        }
        Head former = headOf(ref);
        Usage more = Usage.difference(former, new Head(0, 0, "", body.bytes().length));
        var refusal = quota.refusal(ref.kind(), ref.name(), usage(ref.view()), more);
        if (refusal != null && (former == null || !Bodies.isEnding(body))) {
            throw refusal;
        }
    }

    private @Nullable Head headOf(ObjectRef ref) {
        Integer index = latest.get(ref);
        return index == null ? model.head(ref) : headOf(versions.get(index));
    }

    private static @Nullable Head headOf(Version version) {
        return version.isTombstone() ? null : version.head();
    }

    private void count(View view, Usage more) {
        added.merge(view, more, Usage::plus);
    }

    /** Adds a version, the first of its object or the next. */
    public Version put(ObjectRef ref, String uid, Body body, Origin origin) {
        StoredObject previous = current(ref);
        long position = before + versions.size() + 1;
        long contentPosition = position;
        if (previous != null && previous.uid().equals(uid) && Bodies.sameContent(previous.body(), body.bytes())) {
            contentPosition = contentPosition(ref);
        }
        return add(new Version(ref, position, uid, body, previous, contentPosition, revision(), origin, now));
    }

    /** Adds the end of an object, which must be there. */
    public Version remove(ObjectRef ref, Origin origin) {
        StoredObject previous = current(ref);
        if (previous == null) {
            throw new IllegalStateException(ref + " is not there");
        }
        long position = before + versions.size() + 1;
        return add(new Version(ref, position, previous.uid(), null, previous, position, revision(), origin, now));
    }

    /**
     * Edits an object on the hub's own behalf: in the version that this draft adds anyway, or in one more. Nothing happens if it
     * is not there or {@code edit} returns null or changes nothing. For status and {@link Bodies#EXECUTING_COUNT} only.
     */
    public void refine(ObjectRef ref, Function<ObjectNode, @Nullable ObjectNode> edit, Origin origin) {
        StoredObject current = current(ref);
        if (current == null) {
            return;
        }
        ObjectNode object = Bodies.parse(current);
        ObjectNode former = object.deepCopy();
        ObjectNode edited = edit.apply(object);
        if (edited == null || edited.equals(former)) {
            return;
        }
        Body body = Bodies.body(edited);
        Integer index = latest.get(ref);
        if (index != null) {
            Version drafted = versions.get(index);
            Version refined = new Version(
                    ref,
                    drafted.position(),
                    drafted.uid(),
                    body,
                    drafted.previous(),
                    drafted.contentPosition(),
                    drafted.revision(),
                    drafted.origin(),
                    now);
            count(ref.view(), Usage.difference(headOf(drafted), headOf(refined)));
            versions.set(index, refined);
        } else {
            long position = before + versions.size() + 1;
            add(new Version(
                    ref, position, current.uid(), body, current, contentPosition(ref), revision(), origin, now));
        }
    }

    /** Tells the public; {@code clusterUid} is null if it is about no single cluster. */
    public void event(@Nullable String clusterUid, FleetEvent event) {
        events.add(new Ledger.Event(clusterUid == null ? FleetEvent.FLEET : clusterUid, event));
    }

    /** The status that a cluster last returned of an object, as of this draft. */
    public @Nullable JsonNode returned(Ledger.Copy copy) {
        Ledger.Returned last = returned(List.of(copy)).get(copy);
        return last == null ? null : last.status();
    }

    /** What was last returned of these copies, as of this draft; without those of which nothing is known. */
    public Map<Ledger.Copy, Ledger.Returned> returned(Collection<Ledger.Copy> copies) {
        List<Ledger.Copy> stored =
                copies.stream().filter(copy -> !returned.containsKey(copy)).toList();
        Map<Ledger.Copy, Ledger.Returned> last = new HashMap<>(stored.isEmpty() ? Map.of() : model.returned(stored));
        for (Ledger.Copy copy : copies) {
            Ledger.Returned drafted = returned.get(copy);
            if (drafted != null) {
                last.put(copy, drafted);
            }
        }
        return last;
    }

    public void returned(Ledger.Returned newer) {
        returned.put(newer.copy(), newer);
    }

    public void progress(Ledger.Progress newer) {
        progress.add(newer);
    }

    private long contentPosition(ObjectRef ref) {
        Integer index = latest.get(ref);
        if (index != null) {
            return versions.get(index).contentPosition();
        }
        Head head = model.head(ref);
        if (head == null) {
            throw new IllegalStateException(ref + " is not there");
        }
        return head.contentPosition();
    }

    private Version add(Version version) {
        count(version.ref().view(), Usage.difference(headOf(version.ref()), headOf(version)));
        latest.put(version.ref(), versions.size());
        versions.add(version);
        return version;
    }
}
