package io.edgemc.summarizer.cluster;

import io.edgemc.summarizer.contribution.Contributions;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.group.Delta;
import java.util.function.Consumer;

/**
 * Emits what a source contributes now in place of what it contributed before, as differences of groups.
 *
 * @param sink takes the differences
 */
record Emitter(DefinitionSet definitions, Consumer<Delta> sink) {

    void replace(Contributions before, Contributions now, long at) {
        now.differenceTo(
                before,
                (slot, difference) -> sink.accept(
                        new Delta(slot, definitions.columns(slot.summary(), slot.version()), difference, at)));
    }
}
