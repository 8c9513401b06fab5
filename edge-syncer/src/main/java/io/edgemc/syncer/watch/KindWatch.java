package io.edgemc.syncer.watch;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.apply.Sightings;
import io.edgemc.syncer.config.SyncerConfig;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.kube.KubeException;
import io.edgemc.syncer.kube.ObjectSink;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.report.ReportBook;
import io.edgemc.syncer.report.Reporter;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Passes on what is seen of one kind: to the repair of drift, and to the reports. */
final class KindWatch implements ObjectSink {
    private static final Logger log = LoggerFactory.getLogger(KindWatch.class);

    /** Who hears of what is seen. */
    record Audience(
            EdgeState state,
            Supplier<SyncerConfig> config,
            Sightings sightings,
            Reporter reporter,
            ReportBook book,
            Runnable listed,
            Runnable kindsInDoubt) {}

    private final GroupResource kind;
    private final Audience audience;
    private final Set<ObjectKey> inList = new HashSet<>();
    private boolean listing;
    private boolean failing;
    private volatile boolean listed;

    KindWatch(GroupResource kind, Audience audience) {
        this.kind = kind;
        this.audience = audience;
    }

    /** Whether it is known which objects there are. */
    boolean isListed() {
        return listed;
    }

    @Override
    public boolean wants(String namespace, String name) {
        if (audience.config().get().mayUpsync(kind, namespace, name)) {
            return true;
        }
        try {
            ObjectKey key = key(namespace, name);
            return audience.state().isHeld(key) || audience.book().knows(key);
        } catch (IllegalArgumentException e) {
            // A name that no key can have is not of ours.
            return false;
        }
    }

    @Override
    public void listBegins() {
        inList.clear();
        listing = true;
    }

    @Override
    public void present(ObjectNode object) {
        ObjectKey key = key(object);
        if (listing) {
            inList.add(key);
        }
        audience.sightings().present(key, object);
        audience.reporter().present(key, object);
    }

    @Override
    public void listEnds(String resourceVersion) {
        listing = false;
        failing = false;
        allBut(Set.copyOf(inList), resourceVersion);
        inList.clear();
        listed = true;
        audience.listed().run();
    }

    @Override
    public void gone(ObjectNode object) {
        ObjectKey key = key(object);
        String version = object.path("metadata").path("resourceVersion").asString("");
        audience.sightings().gone(key, version);
        audience.reporter().gone(key);
    }

    @Override
    public void failed(Exception cause) {
        if (cause instanceof KubeException refused && refused.isNotServed()) {
            // Its definition is gone, and with it every object.
            allBut(Set.of(), "");
            listed = true;
            audience.listed().run();
            audience.kindsInDoubt().run();
        }
        if (!failing) {
            failing = true;
            log.atWarn()
                    .addKeyValue("kind", kind.toString())
                    .addKeyValue(LogKeys.REASON, cause.toString())
                    .log("objects of this kind cannot be watched now; trying again");
        }
    }

    private void allBut(Set<ObjectKey> there, String resourceVersion) {
        List<ObjectKey> missing = audience.state().all().stream()
                .map(Held::key)
                .filter(key -> kind.equals(GroupResource.of(key)) && !there.contains(key))
                .toList();
        missing.forEach(key -> audience.sightings().gone(key, resourceVersion));
        audience.book()
                .keys((key, origin) -> kind.equals(GroupResource.of(key)) && !there.contains(key))
                .forEach(key -> audience.reporter().gone(key));
    }

    private ObjectKey key(ObjectNode object) {
        return key(
                object.path("metadata").path("namespace").asString(""),
                object.path("metadata").path("name").asString(""));
    }

    private ObjectKey key(String namespace, String name) {
        return new ObjectKey(kind.group(), kind.resource(), namespace, name);
    }
}
