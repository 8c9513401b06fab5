package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.util.List;
import java.util.function.Consumer;

/** Takes a deleted space's content away, part by part so that others' writes get their turn, and then the space itself. */
final class RemoveSpace implements EngineTask {
    private static final int PART = 500;

    private final ObjectRef space;
    private final Version.Origin origin;
    private final Consumer<EngineTask> next;
    private final Retry retry;
    private boolean more;

    /** @param next takes this task again at once, for the next part */
    RemoveSpace(ObjectRef space, Version.Origin origin, Consumer<EngineTask> next, Retry retry) {
        this.space = space;
        this.origin = origin;
        this.next = next;
        this.retry = retry;
    }

    @Override
    public void draft(Draft draft) {
        more = false;
        StoredObject current = draft.current(space);
        // It may be gone already, and another of its name be there.
        if (current == null || !SpaceLife.isDeleted(Bodies.parse(current))) {
            return;
        }
        List<ObjectRef> content = draft.refs(View.ofSpace(space.name()))
                .filter(draft::exists)
                .limit(PART + 1L)
                .toList();
        more = content.size() > PART;
        for (ObjectRef ref : more ? content.subList(0, PART) : content) {
            draft.remove(ref, origin);
        }
        if (!more) {
            draft.remove(space, origin);
        }
    }

    @Override
    public void committed() {
        if (more) {
            next.accept(this);
        }
    }

    @Override
    public void failed(StoreException reason) {
        retry.later(this, reason);
    }

    @Override
    public int weight() {
        return 100;
    }

    @Override
    public String toString() {
        return "the removal of space " + space.name();
    }
}
