package io.edgemc.bench.kill;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happened at an edge, and how it ended.
 *
 * @param edge its name
 * @param requests in the order in which they were made
 * @param applies how many server-side applies the API server itself has counted for each resource, to see that none is missing above
 * @param held keys of the objects that carry edge-mc's mark at the end
 * @param pages content of the pages at the end, by name
 */
public record EdgeHistory(
        String edge,
        List<EdgeRequest> requests,
        Map<String, Long> applies,
        Set<String> held,
        Map<String, String> pages) {
    public EdgeHistory {
        requests = List.copyOf(requests);
        applies = Map.copyOf(applies);
        held = Set.copyOf(held);
        pages = Map.copyOf(pages);
    }
}
