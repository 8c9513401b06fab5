package io.edgemc.placement.resolve.jsonpath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes steps from nodes and counts the work, so that {@code $..*..*} on a big object ends in an error, not in an outage. */
final class Walk {
    private final int limit;
    private int visits;

    Walk(int limit) {
        this.limit = limit;
    }

    /** The nodes themselves and all below them, outer ones first. */
    List<JsonNode> below(List<JsonNode> nodes) throws JsonPathException {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode start : nodes) {
            Deque<JsonNode> open = new ArrayDeque<>();
            open.push(start);
            while (!open.isEmpty()) {
                JsonNode node = open.pop();
                visit();
                all.add(node);
                List<JsonNode> inner = new ArrayList<>(node.values());
                inner.reversed().forEach(open::push);
            }
        }
        return all;
    }

    /** Adds the existing places that the step leads to. */
    void from(JsonNode node, Step step, List<Place> sink) throws JsonPathException {
        visit();
        if (node instanceof ObjectNode object) {
            fromObject(object, step, sink);
        } else if (node instanceof ArrayNode array) {
            fromArray(array, step, sink);
        }
    }

    private void fromObject(ObjectNode object, Step step, List<Place> sink) throws JsonPathException {
        switch (step) {
            case Step.Names names -> {
                for (String name : names.names()) {
                    if (object.has(name)) {
                        add(new Place.Member(object, name), sink);
                    }
                }
            }
            case Step.Every every -> {
                for (String name : object.propertyNames()) {
                    add(new Place.Member(object, name), sink);
                }
            }
            case Step.Where where -> {
                for (String name : object.propertyNames()) {
                    visit();
                    if (where.filter().holds(object.path(name))) {
                        add(new Place.Member(object, name), sink);
                    }
                }
            }
            default -> {
                // Numbers lead nowhere in a map.
            }
        }
    }

    private void fromArray(ArrayNode array, Step step, List<Place> sink) throws JsonPathException {
        switch (step) {
            case Step.Indexes indexes -> {
                for (int index : indexes.indexes()) {
                    int at = index < 0 ? array.size() + index : index;
                    if (at >= 0 && at < array.size()) {
                        add(new Place.Item(array, at), sink);
                    }
                }
            }
            case Step.Slice slice -> {
                int end = bound(slice.to(), array.size(), array.size());
                for (long i = bound(slice.from(), 0, array.size()); i < end; i += slice.step()) {
                    add(new Place.Item(array, (int) i), sink);
                }
            }
            case Step.Every every -> {
                for (int i = 0; i < array.size(); i++) {
                    add(new Place.Item(array, i), sink);
                }
            }
            case Step.Where where -> {
                for (int i = 0; i < array.size(); i++) {
                    visit();
                    if (where.filter().holds(array.path(i))) {
                        add(new Place.Item(array, i), sink);
                    }
                }
            }
            default -> {
                // Names lead nowhere in an array.
            }
        }
    }

    private static int bound(@Nullable Integer given, int absent, int size) {
        if (given == null) {
            return absent;
        }
        return Math.clamp(given < 0 ? (long) size + given : given, 0, size);
    }

    private void add(Place place, List<Place> sink) throws JsonPathException {
        visit();
        sink.add(place);
    }

    private void visit() throws JsonPathException {
        if (++visits > limit) {
            throw new JsonPathException("the path visits more than " + limit + " places");
        }
    }
}
