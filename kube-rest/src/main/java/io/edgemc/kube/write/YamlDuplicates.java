package io.edgemc.kube.write;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Keys that are in a YAML mapping more than once, as {@code line 4: key "k" already set in map}. */
final class YamlDuplicates {
    private final List<String> found = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlDuplicates() {}

    static List<String> of(byte[] body, LoadSettings settings) {
        YamlDuplicates duplicates = new YamlDuplicates();
        new Compose(settings)
                .composeString(new String(body, StandardCharsets.UTF_8))
                .ifPresent(duplicates::visit);
        return duplicates.found;
    }

    /** Each node once, however many aliases there are. */
    private void visit(Node node) {
        if (!(node instanceof CollectionNode<?>) || !seen.add(node)) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
                    int line = key.getStartMark().map(Mark::getLine).orElse(0) + 1;
                    found.add("line " + line + ": key \"" + key.getValue() + "\" already set in map");
                }
                visit(tuple.getValueNode());
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::visit);
        }
    }
}
