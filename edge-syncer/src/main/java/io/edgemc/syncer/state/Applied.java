package io.edgemc.syncer.state;

import io.edgemc.api.content.Digest;

/**
 * What was applied to an object the last time, and what it was then.
 *
 * @param content digest of what was applied
 * @param uid of the object at the edge
 * @param fields mark of the fields that were ours then, see {@code OwnedFields}; {@code ""} if none were
 * @param adopted it is a namespace that was there before us, and is never deleted
 */
public record Applied(Digest content, String uid, String fields, boolean adopted) {
    /** What was made here, or may be deleted although it was not. */
    public Applied(Digest content, String uid, String fields) {
        this(content, uid, fields, false);
    }
}
