package io.edgemc.api.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of one object.
 *
 * @param key which object
 * @param action apply or delete
 * @param content digest of the object to apply, null exactly for {@link EntryAction#DELETE}
 * @param flags how to treat it
 * @param decision digest of the decision that put the entry here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ManifestEntry(
        ObjectKey key, EntryAction action, @Nullable Digest content, Set<EntryFlag> flags, Digest decision) {
    public ManifestEntry {
        Objects.requireNonNull(key);
        Objects.requireNonNull(decision);
        if ((action == EntryAction.APPLY) != (content != null)) {
            throw new IllegalArgumentException("an apply entry has content, a delete entry has none: " + key);
        }
        // EnumSet keeps the order of declaration, so equal sets are written alike.
        flags = java.util.Collections.unmodifiableSet(
                flags.isEmpty() ? EnumSet.noneOf(EntryFlag.class) : EnumSet.copyOf(flags));
    }

    public static ManifestEntry apply(ObjectKey key, Digest content, Set<EntryFlag> flags, Digest decision) {
        return new ManifestEntry(key, EntryAction.APPLY, content, flags, decision);
    }

    public static ManifestEntry delete(ObjectKey key, Set<EntryFlag> flags, Digest decision) {
        return new ManifestEntry(key, EntryAction.DELETE, null, flags, decision);
    }

    public boolean isDelete() {
        return action == EntryAction.DELETE;
    }
}
