package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.ManifestWalk;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetDiff;
import io.edgemc.placement.resolve.ClusterFacts.State;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Plays the engine: keeps what is committed, in memory, and gives revisions. */
public final class TestHub implements PersistedState {
    static final KeyRing KEYS = KeyRing.parse(KeyRing.generate(new SecureRandom()));

    public final Map<Digest, Content> contents = new HashMap<>();
    public final Map<String, Target> targets = new TreeMap<>();
    public final Map<String, Long> acknowledged = new HashMap<>();
    public final Map<String, ClusterFacts> clusters = new TreeMap<>();
    public final Map<String, Change.ObjectWritten> objects = new LinkedHashMap<>();
    public final Map<String, PlacementResult> results = new HashMap<>();
    public PlacementModel model = new PlacementModel(this::content, KEYS);
    public long revision = 10;

    public ManifestTree tree() {
        return new ManifestTree(digest -> ManifestNode.parse(content(digest).bytes()));
    }

    public Content content(Digest digest) {
        Content content = contents.get(digest);
        if (content == null) {
            throw new MissingContentException(digest);
        }
        return content;
    }

    public Cause cause(String what) {
        return new Cause("alice", what, Instant.parse("2026-11-01T10:00:00Z"), "r" + revision, null);
    }

    public Change.ObjectWritten object(String space, String resource, ObjectNode body) {
        return object(space, resource, body, ++revision);
    }

    public Change.ObjectWritten object(String space, String resource, ObjectNode body, long at) {
        String apiVersion = body.path("apiVersion").asString("");
        int slash = apiVersion.indexOf('/');
        ObjectKey key = new ObjectKey(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                resource,
                body.path("metadata").path("namespace").asString(""),
                body.path("metadata").path("name").asString(""));
        String uid = space + "-" + key.text();
        return new Change.ObjectWritten(space, key, uid, at, body::deepCopy, cause("write " + key + " in " + space));
    }

    public Change.ObjectDeleted deletion(String space, String key) {
        revision++;
        return new Change.ObjectDeleted(space, ObjectKey.parse(key), cause("delete " + key + " in " + space));
    }

    public ClusterFacts cluster(String name, Map<String, String> labels, Map<String, String> properties) {
        return new ClusterFacts("uid-" + name, name, labels, Map.of(), properties, List.of(), false, State.ACTIVE);
    }

    public Change.ClusterWritten write(ClusterFacts cluster) {
        revision++;
        return new Change.ClusterWritten(cluster, cause("write cluster " + cluster.name()));
    }

    /** Commits the changes as one group. */
    public Resolution apply(Change... changes) {
        Resolution resolution = model.apply(new Batch(++revision, List.of(changes)));
        commit(resolution);
        for (Change change : changes) {
            switch (change) {
                case Change.ObjectWritten written -> remember(written);
                case Change.ObjectDeleted deleted -> objects.remove(deleted.space() + "|" + deleted.key());
                case Change.ClusterWritten written ->
                    clusters.put(written.cluster().uid(), written.cluster());
                case Change.ClusterGone gone -> {
                    clusters.remove(gone.clusterUid());
                    targets.remove(gone.clusterUid());
                }
            }
        }
        return resolution;
    }

    private void remember(Change.ObjectWritten written) {
        String at = written.space() + "|" + written.key();
        Change.ObjectWritten before = objects.get(at);
        // A write that changes nothing keeps the revision.
        if (before == null || !before.body().get().equals(written.body().get())) {
            objects.put(at, written);
        }
    }

    /** Takes away every content that nothing needs, at once. */
    public void collectGarbage() {
        LiveContents live = model.live(revision);
        Set<Digest> needed = new HashSet<>(live.contents());
        ManifestWalk.from(live.manifests(), new ManifestWalk.Marks<RuntimeException>() {
            @Override
            public List<ManifestNode> nodes(Set<Digest> digests) {
                return digests.stream()
                        .filter(needed::add)
                        .map(digest -> ManifestNode.parse(content(digest).bytes()))
                        .toList();
            }

            @Override
            public void contents(Set<Digest> digests) {
                needed.addAll(digests);
            }
        });
        contents.keySet().retainAll(needed);
    }

    /** Starts anew from what is committed. */
    public Resolution restart() {
        model = new PlacementModel(
                new StoredContent() {
                    @Override
                    public Content content(Digest digest) {
                        return TestHub.this.content(digest);
                    }

                    @Override
                    public Set<Digest> missing(Set<Digest> digests) {
                        Set<Digest> missing = new HashSet<>(digests);
                        missing.removeAll(contents.keySet());
                        return missing;
                    }
                },
                KEYS);
        Resolution resolution = model.load(this, ++revision);
        commit(resolution);
        return resolution;
    }

    private void commit(Resolution resolution) {
        resolution.contents().forEach(content -> contents.put(content.digest(), content));
        for (Target target : resolution.targets()) {
            Target before = targets.put(target.clusterUid(), target);
            assertThat(before == null || before.revision() < target.revision())
                    .as("revisions grow")
                    .isTrue();
            checkComplete(target);
        }
        resolution.placements().forEach(result -> results.put(result.placement().toString(), result));
        model.committed();
    }

    private void checkComplete(Target target) {
        if (target.combination() != null) {
            content(target.combination());
        }
        for (ManifestEntry entry : entries(target)) {
            content(entry.decision());
            if (entry.content() != null) {
                content(entry.content());
            }
        }
    }

    public List<ManifestEntry> entries(Target target) {
        return new TargetDiff(tree()).entries(target.state());
    }

    /** What a cluster should hold: key text to canonical JSON. */
    public Map<String, String> held(String name) {
        Map<String, String> held = new TreeMap<>();
        Target target = targets.get("uid-" + name);
        if (target != null) {
            for (ManifestEntry entry : entries(target)) {
                if (!entry.isDelete()) {
                    held.put(entry.key().text(), Json.text(body(entry)));
                }
            }
        }
        return held;
    }

    public @Nullable ManifestEntry entry(String name, String key) {
        Target target = targets.get("uid-" + name);
        return target == null ? null : new TargetDiff(tree()).effective(target.state(), ObjectKey.parse(key));
    }

    public ObjectNode body(ManifestEntry entry) {
        return CanonicalJson.parseObject(KEYS.open(content(entry.content())));
    }

    public Decision decision(ManifestEntry entry) {
        return io.edgemc.api.json.ApiJson.MAPPER.readValue(
                content(entry.decision()).bytes(), Decision.class);
    }

    @Override
    public void clusters(Consumer<ClusterFacts> sink) {
        clusters.values().forEach(sink);
    }

    @Override
    public void objects(Consumer<Change.ObjectWritten> sink) {
        objects.values().forEach(sink);
    }

    @Override
    public void targets(Consumer<StoredTarget> sink) {
        targets.values()
                .forEach(target ->
                        sink.accept(new StoredTarget(target, acknowledged.getOrDefault(target.clusterUid(), 0L))));
    }
}
