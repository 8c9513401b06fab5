package io.edgemc.summarizer.definition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.edgemc.api.object.ObjectKey;
import java.util.List;

/** Which things of a cluster become rows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RowSource.ReportedObjects.class, name = "objects"),
    @JsonSubTypes.Type(value = RowSource.PlacementStates.class, name = "placements")
})
public sealed interface RowSource {

    /** Objects that the edge reported, by what they are: one row each, {@code returned} is the object. */
    record ReportedObjects(List<ResourceKind> kinds) implements RowSource {
        public ReportedObjects {
            kinds = List.copyOf(kinds);
            if (kinds.isEmpty()) {
                throw new IllegalArgumentException("objects: name at least one kind");
            }
        }

        /** Whether an object of this key is one of them. */
        public boolean selects(ObjectKey key) {
            for (ResourceKind kind : kinds) {
                if (kind.resource().equals(key.resource()) && kind.group().equals(key.group())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The placements that select the cluster: one row each, {@code item} is {@code {space, name, uid, state}}. */
    record PlacementStates() implements RowSource {}

    /** A kind in every version: API group ({@code ""} for core) and lowercase plural. */
    record ResourceKind(String group, String resource) {}
}
