package io.edgemc.placement.resolve.content;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Decision;
import io.edgemc.placement.resolve.StoredContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes contents, collects the new ones of a batch, and reads those of this batch and of earlier ones.
 *
 * <p>Contents that nothing needs are taken away (garbage collection), so that a content was stored once says nothing. Hence the
 * rule for all who make targets: what a target newly refers to is either written in the same batch, or inherited from a target
 * or an object that is there before the batch.
 */
public final class Contents {
    /** Entries and children in cached nodes; about 200 bytes each. */
    private static final long NODE_CACHE = 400_000;

    private final StoredContent stored;
    private final KeyRing keys;
    private final ManifestTree tree = new ManifestTree(this::node);
    private final RecentlyUsed<Digest, ManifestNode> nodes = new RecentlyUsed<>(NODE_CACHE, Contents::weight);
    private final Map<Digest, Content> fresh = new LinkedHashMap<>();
    private final Map<Digest, ManifestNode> freshNodes = new LinkedHashMap<>();

    public Contents(StoredContent stored, KeyRing keys) {
        this.stored = stored;
        this.keys = keys;
    }

    /** Trees over the nodes of this batch and of earlier ones. */
    public ManifestTree tree() {
        return tree;
    }

    /** The address of an object's content, without writing it. */
    public Content object(ObjectNode object, boolean secret) {
        byte[] canonical = CanonicalJson.bytes(object);
        return secret ? keys.seal(ContentKind.OBJECT, canonical) : Content.plain(ContentKind.OBJECT, canonical);
    }

    public Digest write(Content content) {
        fresh.putIfAbsent(content.digest(), content);
        return content.digest();
    }

    public Digest write(Decision decision) {
        return write(Content.plain(ContentKind.DECISION, CanonicalJson.bytes(ApiJson.MAPPER.valueToTree(decision))));
    }

    public Digest write(Combination combination) {
        return write(
                Content.plain(ContentKind.COMBINATION, CanonicalJson.bytes(ApiJson.MAPPER.valueToTree(combination))));
    }

    /** Sink for the nodes that a tree makes. */
    public void writeNode(Content node) {
        if (fresh.putIfAbsent(node.digest(), node) == null) {
            freshNodes.put(node.digest(), ManifestNode.parse(node.bytes()));
        }
    }

    /** An object's content, opened. */
    public ObjectNode read(Digest digest) {
        return CanonicalJson.parseObject(keys.open(content(digest)));
    }

    public Combination readCombination(Digest digest) {
        return ApiJson.MAPPER.readValue(content(digest).bytes(), Combination.class);
    }

    /** The new contents since the last commit or rollback. */
    public List<Content> fresh() {
        return List.copyOf(fresh.values());
    }

    public void commit() {
        freshNodes.forEach(nodes::put);
        rollback();
    }

    public void rollback() {
        fresh.clear();
        freshNodes.clear();
    }

    private Content content(Digest digest) {
        Content here = fresh.get(digest);
        return here != null ? here : stored.content(digest);
    }

    private ManifestNode node(Digest digest) {
        ManifestNode here = freshNodes.get(digest);
        if (here == null) {
            here = nodes.get(digest);
        }
        if (here == null) {
            here = ManifestNode.parse(stored.content(digest).bytes());
            nodes.put(digest, here);
        }
        return here;
    }

    private static int weight(ManifestNode node) {
        return switch (node) {
            case ManifestNode.Leaf leaf -> leaf.entries().size() + 1;
            case ManifestNode.Inner inner -> ManifestNode.FAN_OUT;
        };
    }
}
