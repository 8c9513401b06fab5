package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.MediaTypes;
import io.edgemc.kube.api.MediaTypes.Form;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists: pages over one snapshot, filtered, streamed without being parsed. */
public final class Lister {
    private static final int READ_AHEAD = 500;
    private static final int MAX_LIMIT = 10_000;

    private final KubeStore store;
    private final Clock clock;

    public Lister(KubeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public KubeAnswer list(KubeRequest request, Target target) {
        ListOptions.ofList(request);
        Selection selection = Selection.of(request, target);
        MediaTypes.Accepted form = MediaTypes.accepted(request.header("accept"), true);
        long limit = request.number("limit", 0);
        String token = request.parameter("continue");
        if (!token.isEmpty()) {
            ContinueToken from = ContinueToken.parse(token);
            if (!request.parameter("resourceVersion").isEmpty()
                    && !request.parameter("resourceVersion").equals("0")) {
                throw ApiError.badRequest("specifying resource version is not allowed when using continue");
            }
            return page(request, selection, form, from, limit);
        }
        return page(request, selection, form, ContinueToken.first(snapshot(request, limit)), limit);
    }

    private long snapshot(KubeRequest request, long limit) {
        String match = request.parameter("resourceVersionMatch");
        String text = request.parameter("resourceVersion");
        long version = ResourceVersions.parse(text);
        if (version == 0) {
            return 0;
        }
        long position = store.position();
        if (version > position) {
            throw ResourceVersions.tooLarge(version, position);
        }
        boolean exact = match.equals("Exact") || match.isEmpty() && limit > 0;
        return exact ? version : 0;
    }

    private KubeAnswer page(
            KubeRequest request, Selection selection, MediaTypes.Accepted accepted, ContinueToken from, long limit) {
        Target target = selection.target();
        Form form = accepted.form();
        ListForm wire = switch (form) {
            case TABLE -> Tables.of(target, request.parameter("includeObject"), accepted.metaVersion(), clock);
            case PARTIAL_LIST -> ListForm.partial(target);
            case PARTIAL ->
                throw ApiError.notAcceptable(
                        "you requested PartialObjectMetadata, but the requested object is a list (*"
                                + target.internalType() + "List)");
            case OBJECT, YAML -> ListForm.objects(target);
        };
        if (form == Form.YAML) {
            return ListForm.asYaml(selected(selection, from, limit), wire);
        }
        if (limit == 0 && selection.everything()) {
            // The first page is read now, so that an error is still an error; the rest while it is sent.
            ObjectPage first = pageOf(selection, from.snapshot(), from.after(), READ_AHEAD, false);
            return new KubeAnswer(200, "application/json", List.of(), new KubeAnswer.Written(out -> {
                wire.open(out, first.snapshot(), "", -1);
                ObjectPage page = first;
                boolean begun = false;
                while (true) {
                    begun = wire.items(out, page.objects(), begun);
                    if (!page.more()) {
                        break;
                    }
                    page = pageOf(selection, first.snapshot(), last(page.objects()), READ_AHEAD, false);
                }
                wire.close(out);
            }));
        }
        Selected found = selected(selection, from, limit);
        return new KubeAnswer(
                200, "application/json", List.of(), new KubeAnswer.Written(out -> found.write(wire, out)));
    }

    /** The objects of a list or of a page of it, for who does something with each. */
    public Selected chosen(KubeRequest request, Target target) {
        Selection selection = Selection.of(request, target);
        long limit = request.number("limit", 0);
        String token = request.parameter("continue");
        return selected(selection, token.isEmpty() ? ContinueToken.first(0) : ContinueToken.parse(token), limit);
    }

    /**
     * Objects of a list.
     *
     * @param token where the next page begins; empty if there is none
     * @param remaining how many objects follow; -1 if that is not known
     */
    public record Selected(List<StoredObject> objects, long snapshot, String token, long remaining) {
        void write(ListForm wire, java.io.OutputStream out) throws IOException {
            wire.open(out, snapshot, token, remaining);
            wire.items(out, objects, false);
            wire.close(out);
        }
    }

    private Selected selected(Selection selection, ContinueToken start, long limit) {
        int wanted = limit == 0 ? Integer.MAX_VALUE : (int) Math.min(limit, MAX_LIMIT);
        List<StoredObject> found = new ArrayList<>();
        ObjectQuery.After from = start.after();
        long at = start.snapshot();
        // All pages are of one snapshot: who has counted once only has to subtract.
        boolean count = limit != 0 && selection.everything() && start.following() < 0;
        while (true) {
            int ask = limit == 0
                    ? READ_AHEAD
                    : selection.everything() ? wanted : Math.max(Math.min(wanted, READ_AHEAD), 100);
            ObjectPage page = pageOf(selection, at, from, ask, count);
            at = page.snapshot();
            for (int i = 0; i < page.objects().size(); i++) {
                StoredObject object = page.objects().get(i);
                if (selection.holds(object)) {
                    found.add(object);
                    if (found.size() == wanted) {
                        boolean more = page.more() || i < page.objects().size() - 1;
                        if (!more) {
                            return new Selected(found, at, "", -1);
                        }
                        long remaining = remaining(selection, start, page, found.size());
                        ObjectQuery.After last = new ObjectQuery.After(object.namespace(), object.name());
                        return new Selected(found, at, new ContinueToken(at, last, remaining).text(), remaining);
                    }
                }
            }
            if (!page.more()) {
                return new Selected(found, at, "", -1);
            }
            from = last(page.objects());
        }
    }

    private static long remaining(Selection selection, ContinueToken start, ObjectPage page, int found) {
        if (!selection.everything()) {
            return -1;
        }
        return start.following() < 0 ? page.remaining() : Math.max(-1, start.following() - found);
    }

    private ObjectPage pageOf(
            Selection selection, long snapshot, ObjectQuery.@Nullable After after, int limit, boolean counted) {
        String namespace = selection.target().namespace();
        try {
            return store.list(new ObjectQuery(
                    selection.target().kind().rests(),
                    namespace.isEmpty() ? null : namespace,
                    snapshot,
                    after,
                    limit,
                    counted));
        } catch (StoreException.Expired e) {
            throw ApiError.expired(
                    "The provided continue parameter is too old to display a consistent list result. You can start a new"
                            + " list without the continue parameter.");
        }
    }

    private static ObjectQuery.After last(List<StoredObject> objects) {
        StoredObject last = objects.getLast();
        return new ObjectQuery.After(last.namespace(), last.name());
    }
}
