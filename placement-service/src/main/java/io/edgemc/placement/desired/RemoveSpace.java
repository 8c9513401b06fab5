package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.SpaceEngine;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.util.List;

/** Takes a deleted space's content away, part by part so that others' writes get their turn, and then the space itself. */
final class RemoveSpace implements EngineTask {
    private static final int PART = 500;

    private final SpaceEngine engine;
    private final ObjectRef space;
    private final Version.Origin origin;
    private boolean more;

    RemoveSpace(SpaceEngine engine, ObjectRef space, Version.Origin origin) {
        this.engine = engine;
        this.space = space;
        this.origin = origin;
    }

    @Override
    public void draft(Draft draft) {
        more = false;
        if (!draft.exists(space)) {
            return;
        }
        List<ObjectRef> content =
                engine.model().refs(View.ofSpace(space.name())).limit(PART + 1L).toList();
        more = content.size() > PART;
        for (ObjectRef ref : more ? content.subList(0, PART) : content) {
            if (draft.exists(ref)) {
                draft.remove(ref, origin);
            }
        }
        if (!more) {
            draft.remove(space, origin);
        }
    }

    @Override
    public void committed() {
        if (more) {
            engine.submit(this);
        }
    }

    /** The next start takes it up again. */
    @Override
    public void failed(StoreException reason) {}

    @Override
    public int weight() {
        return 100;
    }
}
