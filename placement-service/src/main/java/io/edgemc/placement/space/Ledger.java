package io.edgemc.placement.space;

import io.edgemc.api.content.Content;
import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.target.Target;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The durable side of the engine. Every method may throw {@link LedgerException}. Thread-safe. */
public interface Ledger {
    /** Begins a commit: from here on no other replica writes, until the session ends. */
    Session begin();

    /** Lets {@code reading} read what is current, in one snapshot. */
    <T> T load(Function<Snapshot, T> reading);

    /** The last committed position, of any replica. */
    long position();

    /** One version by its position. */
    StoredObject version(long position);

    /** A page as of {@code query.snapshot()}, which is not 0. Throws Expired. */
    ObjectPage list(View view, ObjectQuery query);

    /** Changes in (after, upTo]. Throws Expired. */
    List<StoredChange> changes(View view, long after, long upTo, int max);

    /** What was last returned of these copies; without those of which nothing is kept. */
    Map<Copy, Returned> returned(Collection<Copy> copies);

    /** A commit in the making; closing it without {@link #commit} leaves nothing behind. */
    interface Session extends AutoCloseable {
        /** The last committed position. */
        long position();

        /** Versions that other replicas committed, in order, at most {@code max}; whole group commits only. */
        List<Version> versionsAfter(long position, int max);

        void write(Commit commit);

        /** Returns when everything is durable. If it throws, it may be durable or not. */
        void commit();

        @Override
        void close();
    }

    /**
     * What one group commit stores. Positions after the last version are given out in this order: contents, clusters, targets,
     * events; so whoever follows the log meets contents before the targets that need them.
     *
     * @param before position that the commit follows
     * @param versions with their positions, from {@code before + 1} on without holes
     */
    record Commit(
            long before,
            List<Version> versions,
            List<Content> contents,
            List<ClusterChange> clusters,
            List<Target> targets,
            List<Event> events,
            List<Progress> progress,
            List<Returned> returned) {
        boolean isEmpty() {
            return size() == 0 && progress.isEmpty() && returned.isEmpty();
        }

        /** How many positions it takes. */
        public int size() {
            return versions.size() + contents.size() + clusters.size() + targets.size() + events.size();
        }
    }

    /**
     * An event for the public.
     *
     * @param key uid of the cluster that it is about, or {@link FleetEvent#FLEET}
     */
    record Event(String key, FleetEvent event) {}

    /** A cluster that changed, or is gone together with its target and progress. */
    record ClusterChange(ClusterRecord record, boolean gone) {}

    /**
     * What a cluster said last.
     *
     * @param acknowledged greatest revision that it held without exception
     */
    record Progress(ClusterReport report, long acknowledged) {}

    /** Names an object at a cluster. */
    record Copy(String clusterUid, ObjectKey key) {}

    /**
     * The status of an object at a cluster, kept for every copy that ever had one until it is gone: which of them are wanted can
     * change later.
     *
     * @param status null if it has none (any more)
     * @param gone the copy is not there any more; nothing of it is kept then
     */
    record Returned(
            Copy copy, long epoch, long sequence, @Nullable JsonNode status, boolean gone) {}

    /** What is current, streamed. */
    interface Snapshot {
        /** Where the log stands. */
        long position();

        /** Where every object stands, without bodies. */
        void heads(BiConsumer<ObjectRef, Head> sink);

        /** The current versions of the inventory. */
        void inventory(Consumer<Version> sink);

        /** The current versions of all spaces. */
        void spaces(Consumer<Version> sink);

        void targets(Consumer<Target> sink);

        void progress(Consumer<Progress> sink);
    }
}
