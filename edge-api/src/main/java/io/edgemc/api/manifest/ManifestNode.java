package io.edgemc.api.manifest;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a manifest tree, addressed by the digest of its canonical JSON. */
public sealed interface ManifestNode {
    /** Children of an inner node. */
    int FAN_OUT = 16;

    /** Entries that a leaf holds at most; a subtree with no more is a leaf. */
    int LEAF_ENTRIES = 32;

    /** Number of entries below. */
    int count();

    /** Entries sorted by key. */
    record Leaf(List<ManifestEntry> entries) implements ManifestNode {
        public Leaf {
            entries = List.copyOf(entries);
        }

        @Override
        public int count() {
            return entries.size();
        }
    }

    /** Exactly {@link #FAN_OUT} children, null where there is nothing. */
    record Inner(List<@Nullable Child> children) implements ManifestNode {
        public Inner {
            if (children.size() != FAN_OUT) {
                throw new IllegalArgumentException("an inner node has " + FAN_OUT + " children");
            }
            children = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(children));
        }

        @Override
        public int count() {
            int sum = 0;
            for (Child child : children) {
                sum += child == null ? 0 : child.count();
            }
            return sum;
        }
    }

    /** A subtree: its digest and how many entries it has. */
    record Child(Digest digest, int count) {
        public Child {
            if (count < 1) {
                throw new IllegalArgumentException("an empty subtree is no child");
            }
        }
    }

    /** The node as content: canonical JSON and its digest. */
    default Content content() {
        return Content.plain(ContentKind.NODE, ManifestNodeJson.write(this));
    }

    /** Reads canonical JSON; throws {@link IllegalArgumentException} if it is not a node. */
    static ManifestNode parse(byte[] json) {
        return ManifestNodeJson.read(json);
    }
}
