package io.edgemc.api.manifest;

import io.edgemc.api.content.Digest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Finds everything that manifests consist of and refer to, in small steps and without holding any manifest: who keeps the marks
 * says which nodes are new to it, so a subtree that manifests share is walked once.
 */
public final class ManifestWalk {
    private static final int NODES_A_STEP = 200;
    private static final int CONTENTS_A_STEP = 1_000;

    private ManifestWalk() {}

    /**
     * Keeps what was reached.
     *
     * @param <E> what may go wrong with that
     */
    public interface Marks<E extends Exception> {
        /** Marks nodes; gives those of them that were not marked before. */
        Collection<ManifestNode> nodes(Set<Digest> digests) throws E;

        /** Marks objects and decisions, some of them perhaps again. */
        void contents(Set<Digest> digests) throws E;
    }

    /** Marks all that is reached from the manifests; the one without entries is never stored, so it is not marked. */
    public static <E extends Exception> void from(Iterable<Digest> manifests, Marks<E> marks) throws E {
        Iterator<Digest> roots = manifests.iterator();
        Deque<Digest> below = new ArrayDeque<>();
        Set<Digest> contents = new HashSet<>();
        Set<Digest> step = next(roots, below);
        while (!step.isEmpty()) {
            for (ManifestNode node : marks.nodes(step)) {
                open(node, below, contents);
            }
            if (contents.size() >= CONTENTS_A_STEP) {
                marks.contents(Set.copyOf(contents));
                contents.clear();
            }
            step = next(roots, below);
        }
        if (!contents.isEmpty()) {
            marks.contents(Set.copyOf(contents));
        }
    }

    private static Set<Digest> next(Iterator<Digest> roots, Deque<Digest> below) {
        Set<Digest> step = new HashSet<>();
        while (step.size() < NODES_A_STEP && (!below.isEmpty() || roots.hasNext())) {
            // Depth first, so that what waits stays small.
            Digest digest = below.isEmpty() ? roots.next() : below.pop();
            if (!digest.equals(ManifestTree.EMPTY)) {
                step.add(digest);
            }
        }
        return step;
    }

    private static void open(ManifestNode node, Deque<Digest> below, Set<Digest> contents) {
        switch (node) {
            case ManifestNode.Leaf leaf ->
                leaf.entries().forEach(entry -> {
                    contents.add(entry.decision());
                    if (entry.content() != null) {
                        contents.add(entry.content());
                    }
                });
            case ManifestNode.Inner inner ->
                inner.children().forEach(child -> {
                    if (child != null) {
                        below.push(child.digest());
                    }
                });
        }
    }
}
