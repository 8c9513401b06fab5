package io.edgemc.placement.resolve;

import io.edgemc.api.content.Content;
import io.edgemc.api.target.Target;
import java.util.List;

/**
 * What follows from a batch. All of it is committed together, contents before the targets that name them.
 *
 * @param contents new contents, each once; some may be stored already, under the same digest
 * @param targets the changed targets, each cluster once, with the batch's revision
 * @param placements results of the placements whose result changed
 * @param executing facts of the objects whose facts may have changed
 * @param warnings things worth a log line, without content
 */
public record Resolution(
        List<Content> contents,
        List<Target> targets,
        List<PlacementResult> placements,
        List<Executing> executing,
        List<String> warnings) {
    public Resolution {
        contents = List.copyOf(contents);
        targets = List.copyOf(targets);
        placements = List.copyOf(placements);
        executing = List.copyOf(executing);
        warnings = List.copyOf(warnings);
    }

    /** Whether nothing is to be stored. */
    public boolean isEmpty() {
        return contents.isEmpty() && targets.isEmpty() && placements.isEmpty() && executing.isEmpty();
    }
}
