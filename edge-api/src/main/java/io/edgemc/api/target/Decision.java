package io.edgemc.api.target;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Content of kind {@code decision}: why an entry is in a manifest.
 *
 * @param type {@code select}, {@code share}, {@code companion} (a CRD or namespace that came along), {@code delete}, or the
 *     conflict policy that decided ({@code latest}, {@code refuse}, {@code priority}, {@code merge})
 * @param placements the placements that want the object, the winner first if there is one
 * @param object key of the source object if the decision is about one object only
 * @param who who asked, for deletions
 * @param why the reason in words, for deletions and conflicts
 * @param at RFC 3339 time, for deletions
 * @param requestId the request that caused a deletion
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
        String type,
        List<Source> placements,
        @Nullable String object,
        @Nullable String who,
        @Nullable String why,
        @Nullable String at,
        @Nullable String requestId) {
    public Decision {
        placements = List.copyOf(placements);
    }

    /** A placement by space, name and uid. */
    public record Source(String space, String name, String uid) {}
}
