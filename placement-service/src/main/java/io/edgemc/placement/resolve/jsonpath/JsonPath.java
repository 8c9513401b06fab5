package io.edgemc.placement.resolve.jsonpath;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A path into a JSON object: {@code $}, {@code .name}, {@code ['a','b']}, {@code [n]}, {@code [a:b:s]}, {@code *}, {@code ..} and
 * filters {@code [?(@.a == 'b' && …)]}. Immutable.
 */
public final class JsonPath {
    private static final int MAX_VISITS = 100_000;

    private final String text;
    private final List<Step> steps;

    private JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /** Parses a path; the exception says at which character it is wrong. */
    public static JsonPath parse(String text) throws JsonPathException {
        return new JsonPath(text, List.copyOf(new PathParser(text).parse()));
    }

    /** Whether it leads to one place at most: names and indexes only. */
    public boolean definite() {
        return steps.stream().allMatch(Step::definite);
    }

    /**
     * Puts a copy of the value at every place that the path leads to, changing the root. A definite path makes the maps and the
     * member that are missing; arrays never grow. Fails, without having changed anything, if the path ends nowhere.
     */
    public void set(ObjectNode root, JsonNode value) throws JsonPathException {
        if (steps.isEmpty()) {
            throw new JsonPathException("the path is the whole object");
        }
        if (definite()) {
            setDefinite(root, value);
            return;
        }
        List<Place> places = places(root);
        if (places.isEmpty()) {
            throw new JsonPathException("the path ends nowhere");
        }
        for (Place place : places) {
            place.set(value.deepCopy());
        }
    }

    /** The values at the places that the path leads to, in the order in which they stand. */
    public List<JsonNode> find(ObjectNode root) throws JsonPathException {
        if (steps.isEmpty()) {
            return List.of(root);
        }
        return places(root).stream().map(Place::value).toList();
    }

    @Override
    public String toString() {
        return text;
    }

    private void setDefinite(ObjectNode root, JsonNode value) throws JsonPathException {
        // What is missing is built apart and hung in last, so that a failure leaves the object as it was.
        JsonNode node = root;
        for (int i = 0; i < steps.size() - 1; i++) {
            Place place = only(node, steps.get(i));
            if (place.exists()) {
                node = place.value();
            } else {
                place.set(nested(i + 1, value));
                return;
            }
        }
        only(node, steps.getLast()).set(value.deepCopy());
    }

    private JsonNode nested(int from, JsonNode value) throws JsonPathException {
        JsonNode inner = value.deepCopy();
        for (int i = steps.size() - 1; i >= from; i--) {
            if (!(steps.get(i) instanceof Step.Names names)) {
                throw new JsonPathException("the path ends nowhere: there is no array for step " + (i + 1));
            }
            ObjectNode outer = JsonNodeFactory.instance.objectNode();
            outer.set(names.names().getFirst(), inner);
            inner = outer;
        }
        return inner;
    }

    private Place only(JsonNode node, Step step) throws JsonPathException {
        if (step instanceof Step.Names names && node instanceof ObjectNode object) {
            return new Place.Member(object, names.names().getFirst());
        }
        if (step instanceof Step.Indexes indexes && node instanceof ArrayNode array) {
            int index = indexes.indexes().getFirst();
            int at = index < 0 ? array.size() + index : index;
            if (at < 0 || at >= array.size()) {
                throw new JsonPathException(
                        "the path ends nowhere: the array has " + array.size() + " items, arrays do not grow");
            }
            return new Place.Item(array, at);
        }
        throw new JsonPathException("the path ends nowhere: step " + (steps.indexOf(step) + 1) + " wants "
                + (step instanceof Step.Names ? "a map" : "an array"));
    }

    private List<Place> places(ObjectNode root) throws JsonPathException {
        Walk walk = new Walk(MAX_VISITS);
        List<JsonNode> nodes = List.of(root);
        List<Place> places = List.of();
        for (Step step : steps) {
            places = new ArrayList<>();
            if (step instanceof Step.Descend) {
                nodes = walk.below(nodes);
                continue;
            }
            for (JsonNode node : nodes) {
                walk.from(node, step, places);
            }
            nodes = places.stream().map(Place::value).toList();
        }
        return places;
    }
}
