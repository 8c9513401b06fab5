package io.edgemc.syncer.session;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.apply.ContentSource;
import io.edgemc.syncer.state.EdgeState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Contents from disk; one that the disk lost is asked for at the hub. */
public final class HubContents implements ContentSource {
    private static final Logger log = LoggerFactory.getLogger(HubContents.class);

    private final EdgeState state;
    private final Sessions sessions;
    /** One question at a time: a lost disk must not make as many as there are workers. */
    private final ReentrantLock asking = new ReentrantLock();

    public HubContents(EdgeState state, Sessions sessions) {
        this.state = state;
        this.sessions = sessions;
    }

    @Override
    public Optional<ObjectNode> find(ObjectKey key, Digest digest) throws IOException {
        Optional<ObjectNode> here = state.contents().find(digest);
        Optional<Session> session = sessions.current();
        if (here.isPresent() || session.isEmpty()) {
            return here;
        }
        asking.lock();
        try {
            ObjectNode[] fetched = new ObjectNode[1];
            session.get().client().content(List.of(digest), line -> fetched[0] = line.object());
            if (fetched[0] != null) {
                Delivery.store(state, digest, fetched[0], Delivery.isSecret(key));
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("object", key.text()).setCause(e).log("a lost content could not be fetched");
            return Optional.empty();
        } finally {
            asking.unlock();
        }
        return state.contents().find(digest);
    }
}
