package io.edgemc.syncer.state;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the syncer knows of one object that the hub named.
 *
 * @param entry what the hub asks; null once it forgot the object, which is then unclaimed
 * @param trace trace of the write behind the entry, {@code ""} if unknown
 * @param applied what we last applied, null if nothing or if it is deleted again
 * @param failure why the object is not as asked, null if it is or was not tried yet
 * @param done the entry was worked off once and asks for nothing further (a deletion, a create-only object)
 */
public record Held(
        ObjectKey key,
        @Nullable ManifestEntry entry,
        String trace,
        @Nullable Applied applied,
        @Nullable Failure failure,
        boolean done) {
    /** The hub names an object for the first time. */
    public static Held of(ManifestEntry entry, String trace) {
        return new Held(entry.key(), entry, trace, null, null, false);
    }

    /** The hub asks for something else; what was applied is still known. */
    public Held asking(ManifestEntry newEntry, String newTrace) {
        return new Held(key, newEntry, newTrace, applied, null, false);
    }

    /** The hub forgot the object; it stays where it is. */
    public Held unclaimed(String now) {
        Failure said = new Failure(
                "unclaimed",
                "the hub asks for it no more, and no decision asks to delete it; left in place",
                false,
                now);
        return new Held(key, null, trace, applied, said, true);
    }

    public Held applied(Applied newApplied) {
        return new Held(key, entry, trace, newApplied, null, entry != null && has(EntryFlag.CREATE_ONLY));
    }

    /** Nothing further is to be done for the entry, and the object is not ours. */
    public Held released() {
        return new Held(key, entry, trace, null, null, true);
    }

    public Held failed(Failure newFailure) {
        boolean same = failure != null && failure.reason().equals(newFailure.reason());
        Failure kept = same
                ? new Failure(
                        newFailure.reason(),
                        newFailure.message(),
                        newFailure.retryable(),
                        Objects.requireNonNull(failure).since())
                : newFailure;
        return new Held(key, entry, trace, applied, kept, false);
    }

    /** The reason of the failure is gone. */
    public Held cleared() {
        return new Held(key, entry, trace, applied, null, done);
    }

    public boolean isUnclaimed() {
        return entry == null;
    }

    public boolean wantsDeletion() {
        return entry != null && entry.isDelete();
    }

    public boolean wantsObject() {
        return entry != null && !entry.isDelete();
    }

    public boolean has(EntryFlag flag) {
        return entry != null && entry.flags().contains(flag);
    }

    /** Content that the entry asks for, null for a deletion or an unclaimed object. */
    public @Nullable Digest content() {
        return entry == null ? null : entry.content();
    }

    /** Whether the last apply was of what the entry asks now. */
    public boolean isAsAsked() {
        return done || isContentApplied() && failure == null;
    }

    /** As {@link #isAsAsked}, whatever went wrong since. */
    public boolean isContentApplied() {
        return applied != null && applied.content().equals(content());
    }

    public boolean failedBy(String reason) {
        return failure != null && failure.reason().equals(reason);
    }

    /** Whether the entry was worked off, or tried and failed. */
    public boolean isSettled() {
        return isAsAsked() || failure != null;
    }
}
