package io.edgemc.bench.kill;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is recorded of a run.
 *
 * @param attempts writes to the space, one after the other
 * @param space content of the pages in the space at the end, by name
 * @param edges what happened at each
 * @param scenario for each edge, keys of what the scenario itself puts there, pages aside
 */
public record History(
        List<Attempt> attempts, Map<String, String> space, List<EdgeHistory> edges, Map<String, Set<String>> scenario) {
    /** Where the pages are, in the space and at the edges; their keys begin so. */
    static final String PAGES = "configmaps/commonstuff/";

    /** Names of pages begin so. */
    static final String PAGE = "round-";

    public History {
        attempts = List.copyOf(attempts);
        space = Map.copyOf(space);
        edges = List.copyOf(edges);
        scenario = Map.copyOf(scenario);
    }

    static boolean isPage(String key) {
        return key.startsWith(PAGES + PAGE);
    }
}
