package io.edgemc.kube.watch;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.MediaTypes;
import io.edgemc.kube.api.MediaTypes.Form;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.read.ListOptions;
import io.edgemc.kube.read.ResourceVersions;
import io.edgemc.kube.read.Selection;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One watch request, from its first event to its end. Runs on the request's own (virtual) thread. */
public final class Watch {
    private static final int PAGE = 500;
    private static final Duration BOOKMARKS = Duration.ofSeconds(60);
    /** A watch that has nothing to send learns only so that nobody is there any more. */
    private static final Duration LOOK_AFTER_CLIENT = Duration.ofSeconds(5);

    private static final int DEFAULT_TIMEOUT_SECONDS = 1800;

    private final KubeStore store;
    private final WatchHub hub;
    private final Selection selection;
    private final Frames frames;
    private final boolean initialEvents;
    private final boolean announcesInitialEnd;
    private final boolean bookmarks;
    private final long from;
    private final long endsAt;
    private long seen;

    private Watch(KubeStore store, WatchHub hub, KubeRequest request, Target target, Clock clock) {
        this.store = store;
        this.hub = hub;
        this.selection = Selection.of(request, target);
        MediaTypes.Accepted accepted = MediaTypes.accepted(request.header("accept"), true);
        Form form = accepted.form();
        if (form == Form.YAML || form == Form.PARTIAL_LIST) {
            throw ApiError.notAcceptable("only the following media types are accepted: application/json");
        }
        this.frames = new Frames(target, accepted, request.parameter("includeObject"), clock);
        String sendInitial = request.parameter("sendInitialEvents");
        ListOptions.ofWatch(request);
        this.from = ResourceVersions.parse(request.parameter("resourceVersion"), "");
        this.initialEvents = sendInitial.isEmpty() ? from == 0 : request.flag("sendInitialEvents");
        this.announcesInitialEnd = !sendInitial.isEmpty() && initialEvents;
        this.bookmarks = request.flag("allowWatchBookmarks");
        long timeout = request.number("timeoutSeconds", 0);
        // A time that is over, as an API server takes it.
        boolean isOver = request.parameter("timeoutSeconds").startsWith("-");
        long jittered = DEFAULT_TIMEOUT_SECONDS + ThreadLocalRandom.current().nextInt(DEFAULT_TIMEOUT_SECONDS);
        this.endsAt = System.nanoTime()
                + Duration.ofSeconds(isOver ? 0 : timeout == 0 ? jittered : Math.min(timeout, 86_400))
                        .toNanos();
    }

    /** Checks the request; the events flow while the answer is written. */
    public static KubeAnswer answer(KubeStore store, WatchHub hub, KubeRequest request, Target target, Clock clock) {
        Watch watch = new Watch(store, hub, request, target, clock);
        if (!request.header("sec-websocket-key").isEmpty()) {
            // No WebSocket here: a watch that ends at once makes clients that try one (fabric8) go on by plain HTTP,
            // where
            // a stream would leave them waiting for the end of the refusal's body.
            return KubeAnswer.bytes(200, new byte[0]);
        }
        return new KubeAnswer(200, "application/json", List.of(), new KubeAnswer.Events(watch::run));
    }

    private void run(OutputStream out, BooleanSupplier gone) throws IOException {
        Watcher watcher = new Watcher();
        try {
            // The head of the answer goes out at once, so that the client knows that it watches.
            out.flush();
            seen = from;
            if (!store.reached(from)) {
                throw new StoreException.Expired("position " + from + " was never reached");
            }
            seen = initialEvents ? sendInitial(out) : from == 0 ? store.position() : from;
            while (!hub.attach(watcher, seen)) {
                readOn(out);
            }
            follow(watcher, out, gone);
        } catch (StoreException.Expired e) {
            String what = seen > store.position() ? "too large" : "too old";
            out.write(frames.error(ApiError.expired(what + " resource version: " + seen)));
            out.flush();
        } finally {
            hub.detach(watcher);
        }
    }

    private long sendInitial(OutputStream out) throws IOException {
        long snapshot = 0;
        ObjectQuery.After after = null;
        while (true) {
            String namespace = selection.target().namespace();
            ObjectPage page = store.list(new ObjectQuery(
                    selection.target().kind().rests(), namespace.isEmpty() ? null : namespace, snapshot, after, PAGE));
            snapshot = page.snapshot();
            for (StoredObject object : page.objects()) {
                if (selection.holds(object)) {
                    out.write(frames.event("ADDED", object));
                }
            }
            if (!page.more()) {
                break;
            }
            StoredObject last = page.objects().getLast();
            after = new ObjectQuery.After(last.namespace(), last.name());
        }
        if (announcesInitialEnd && bookmarks) {
            out.write(frames.bookmark(snapshot, true));
        }
        out.flush();
        return snapshot;
    }

    private void readOn(OutputStream out) throws IOException {
        long tail = hub.tail();
        List<StoredChange> changes = store.changesAfter(seen, PAGE);
        for (StoredChange change : changes) {
            send(new HubEvent(change), out);
        }
        if (changes.size() < PAGE) {
            seen = Math.max(seen, tail);
        }
        out.flush();
    }

    private void follow(Watcher watcher, OutputStream out, BooleanSupplier gone) throws IOException {
        long bookmarkAt = System.nanoTime() + BOOKMARKS.toNanos();
        long lookAt = System.nanoTime() + LOOK_AFTER_CLIENT.toNanos();
        while (true) {
            long now = System.nanoTime();
            if (now - lookAt >= 0) {
                if (gone.getAsBoolean()) {
                    return;
                }
                lookAt = now + LOOK_AFTER_CLIENT.toNanos();
            }
            long wait = Math.min(lookAt, Math.min(endsAt, bookmarkAt)) - now;
            HubEvent event = watcher.next(Math.max(0, wait));
            if (event != null) {
                boolean sent = send(event, out);
                if (sent && !watcher.hasMore()) {
                    out.flush();
                }
                continue;
            }
            out.flush();
            if (watcher.state() == Watcher.State.EXPIRED) {
                out.write(frames.error(ApiError.expired("too old resource version: " + seen)));
                out.flush();
                return;
            }
            now = System.nanoTime();
            boolean over = watcher.state() == Watcher.State.ENDED || now - endsAt >= 0;
            if (bookmarks && (over || now - bookmarkAt >= 0)) {
                sendBookmark(watcher, out);
            }
            if (over) {
                return;
            }
            if (now - bookmarkAt >= 0) {
                bookmarkAt = now + BOOKMARKS.toNanos();
            }
        }
    }

    private void sendBookmark(Watcher watcher, OutputStream out) throws IOException {
        long position = watcher.state() == Watcher.State.OPEN ? hub.tailIfDrained(watcher) : -1;
        if (position > 0) {
            seen = Math.max(seen, position);
        }
        if (seen > 0) {
            out.write(frames.bookmark(seen, false));
            out.flush();
        }
    }

    private boolean send(HubEvent event, OutputStream out) throws IOException {
        StoredChange change = event.change();
        seen = change.position();
        boolean was = selection.holds(change.previous());
        boolean is = selection.holds(change.current());
        if (!was && !is) {
            return false;
        }
        String type = !was ? "ADDED" : is ? "MODIFIED" : "DELETED";
        StoredObject object = is ? change.current() : at(change.previous(), change.position());
        out.write(event.frame(frames.key(type), () -> frames.event(type, java.util.Objects.requireNonNull(object))));
        return true;
    }

    /** What left is shown as it was, at the position at which it left. */
    private static @Nullable StoredObject at(@Nullable StoredObject object, long position) {
        return object == null
                ? null
                : new StoredObject(
                        object.kind(),
                        object.namespace(),
                        object.name(),
                        object.uid(),
                        position,
                        object.labels(),
                        object.body(),
                        object.splice());
    }
}
