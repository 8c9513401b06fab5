package io.edgemc.api.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetState;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A line of the answer to {@code GET mailbox}: a head, entries in the order to work them off, an end. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MailboxLine.Head.class, name = "head"),
    @JsonSubTypes.Type(value = MailboxLine.Apply.class, name = "apply"),
    @JsonSubTypes.Type(value = MailboxLine.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = MailboxLine.Forget.class, name = "forget"),
    @JsonSubTypes.Type(value = MailboxLine.End.class, name = "end")
})
public sealed interface MailboxLine {
    /**
     * @param revision revision of the target
     * @param state state that the edge is in when it worked all lines off
     * @param mode {@code difference} to what the agent has, or {@code snapshot}: all entries, contents by digest only
     * @param entries number of entry lines that follow
     * @param traceparent trace of the write behind the target, {@code ""} if unknown
     */
    record Head(long revision, TargetState state, String mode, int entries, String traceparent)
            implements MailboxLine {}

    /**
     * Hold the object.
     *
     * @param content digest of the object
     * @param object the object, null in a snapshot
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Apply(
            ObjectKey key,
            Digest content,
            Set<EntryFlag> flags,
            Digest decision,
            @Nullable ObjectNode object) implements MailboxLine {
        public Apply {
            flags = Set.copyOf(flags);
        }
    }

    /** Delete the object, for a recorded decision. */
    record Delete(ObjectKey key, Set<EntryFlag> flags, Digest decision) implements MailboxLine {
        public Delete {
            flags = Set.copyOf(flags);
        }
    }

    /** The entry is no longer in the manifest: stop managing the object, never delete it. */
    record Forget(ObjectKey key) implements MailboxLine {}

    /** All lines were sent; an answer without it was cut off and counts for nothing. */
    record End(int entries) implements MailboxLine {}
}
