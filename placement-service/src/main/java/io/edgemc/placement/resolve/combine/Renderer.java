package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.customize.OverrideSpec;
import io.edgemc.placement.resolve.customize.Parameters;
import io.edgemc.placement.resolve.customize.Recipe;
import io.edgemc.placement.resolve.customize.RenderException;
import io.edgemc.placement.resolve.space.SpaceObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders customized objects, once for each distinct set of values of the parameters that they read. So clusters that agree on
 * these share a rendering, and a change of another parameter renders nothing. A rendering of an earlier batch is only relied on
 * for a cluster that holds it: for any other it may have been taken away meanwhile, so it is written again.
 */
final class Renderer {
    private static final int MAX_RESULTS = 20_000;
    private static final int MAX_BYTES = 3 * 1024 * 1024;

    private final Contents contents;
    private final Map<ObjectKey, Map<String, Memo>> memos = new HashMap<>();
    private long batch;

    Renderer(Contents contents) {
        this.contents = contents;
    }

    sealed interface Result {
        record Rendered(Digest content) implements Result {}

        record Failed(String field, String reason) implements Result {}
    }

    /** @param held content that the cluster's target has for the object until now, null if it has none */
    Result render(Source source, ClusterFacts cluster, @Nullable Digest held) {
        SpaceObject object = source.object();
        Digest template = Objects.requireNonNull(object.template(), "only what travels is rendered");
        if (source.recipe().isPlain()) {
            return new Result.Rendered(template);
        }
        Map<String, Memo> bySpace = memos.computeIfAbsent(object.key(), any -> new HashMap<>());
        Memo memo = bySpace.get(object.space());
        if (memo == null || !memo.isOf(source.recipe(), template)) {
            memo = new Memo(source.recipe(), template);
            bySpace.put(object.space(), memo);
        }
        return memo.render(cluster, held, object.secret());
    }

    /** The key is sent no more. */
    void forget(ObjectKey key) {
        memos.remove(key);
    }

    /** From here on, what was rendered is of an earlier batch. */
    void endBatch() {
        batch++;
    }

    /** The contents of the last batch were not stored, so nothing of it may be relied on. */
    void rollback() {
        memos.clear();
    }

    private final class Memo {
        private final Recipe recipe;
        private final Digest template;
        private final Map<List<String>, Set<List<String>>> readSets = new HashMap<>();
        private final Map<Inputs, Known> results = new HashMap<>();
        private @Nullable ObjectNode body;

        Memo(Recipe recipe, Digest template) {
            this.recipe = recipe;
            this.template = template;
        }

        boolean isOf(Recipe otherRecipe, Digest otherTemplate) {
            // Recipes stay the same object until they change.
            return recipe == otherRecipe && template.equals(otherTemplate);
        }

        Result render(ClusterFacts cluster, @Nullable Digest held, boolean secret) {
            List<String> overrides = recipe.overridesFor(cluster).stream()
                    .map(OverrideSpec::name)
                    .toList();
            for (List<String> names : readSets.getOrDefault(overrides, Set.of())) {
                Known known = results.get(Inputs.of(overrides, names, cluster));
                if (known != null && known.isStored(batch, held)) {
                    return known.result();
                }
            }
            Parameters parameters = new Parameters(cluster, secret);
            Result result = renderAnew(cluster, parameters, secret);
            List<String> names = List.copyOf(new TreeSet<>(parameters.read()));
            if (results.size() >= MAX_RESULTS) {
                results.clear();
            }
            readSets.computeIfAbsent(overrides, any -> new HashSet<>()).add(names);
            results.put(Inputs.of(overrides, names, cluster), new Known(result, batch));
            return result;
        }

        private Result renderAnew(ClusterFacts cluster, Parameters parameters, boolean secret) {
            try {
                ObjectNode rendered = recipe.render(body(secret), cluster, parameters);
                Content content = contents.object(rendered, secret);
                if (content.bytes().length > MAX_BYTES) {
                    return new Result.Failed("", "the object has more than " + MAX_BYTES + " bytes when rendered");
                }
                return new Result.Rendered(contents.write(content));
            } catch (RenderException e) {
                return new Result.Failed(e.field(), e.reason());
            } catch (IllegalArgumentException e) {
                return new Result.Failed("", "the rendered object is not valid JSON within the limits");
            }
        }

        private ObjectNode body(boolean secret) {
            if (body != null) {
                return body;
            }
            ObjectNode read = contents.read(template);
            // A secret lies opened in memory no longer than it is worked on.
            if (!secret) {
                body = read;
            }
            return read;
        }
    }

    /**
     * @param batch in which the result was written
     */
    private record Known(Result result, long batch) {
        boolean isStored(long now, @Nullable Digest held) {
            return batch == now || !(result instanceof Result.Rendered(Digest content)) || content.equals(held);
        }
    }

    /**
     * @param overrides names of the overrides that count
     * @param names of the parameters that were read
     * @param values of these parameters, null where the cluster has none
     */
    private record Inputs(List<String> overrides, List<String> names, List<@Nullable String> values) {
        static Inputs of(List<String> overrides, List<String> names, ClusterFacts cluster) {
            List<@Nullable String> values = new ArrayList<>(names.size());
            names.forEach(name -> values.add(Parameters.value(cluster, name)));
            return new Inputs(overrides, names, values);
        }
    }
}
