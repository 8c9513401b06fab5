package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Decision;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.travel.TravelRules;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the entries that ask an edge to delete something, each with the recorded decision behind it (the domain rules, §8). */
final class Tombstones {
    private final Contents contents;

    Tombstones(Contents contents) {
        this.contents = contents;
    }

    /** The decision that what these placements wanted is to go. */
    Digest decide(Cause cause, Collection<PlacementId> placements) {
        return contents.write(decision(cause, placements));
    }

    static Decision decision(Cause cause, Collection<PlacementId> placements) {
        return new Decision(
                "delete",
                Decider.references(placements),
                null,
                cause.who(),
                cause.what(),
                cause.at().toString(),
                cause.requestId());
    }

    /**
     * A tombstone for an entry, or null for what is never deleted. The existence of a namespace is let go of: only a namespace
     * that was selected itself may be deleted, and that only if the system made it and it holds nothing of others. What was only
     * to be created is left alone by the edge, deletion included (the domain rules, §10), so the tombstone still says so.
     */
    static @Nullable ManifestEntry of(ObjectKey key, Set<EntryFlag> flags, Digest decision) {
        if (!TravelRules.mayBeDeleted(key)) {
            return null;
        }
        Set<EntryFlag> kept = EnumSet.noneOf(EntryFlag.class);
        if (flags.contains(EntryFlag.CREATE_ONLY)) {
            kept.add(EntryFlag.CREATE_ONLY);
        }
        if (flags.contains(EntryFlag.EXISTENCE)) {
            kept.add(EntryFlag.EXISTENCE);
        }
        if (flags.contains(EntryFlag.ORPHAN) || flags.contains(EntryFlag.EXISTENCE)) {
            kept.add(EntryFlag.ORPHAN);
        }
        return ManifestEntry.delete(key, kept, decision);
    }
}
