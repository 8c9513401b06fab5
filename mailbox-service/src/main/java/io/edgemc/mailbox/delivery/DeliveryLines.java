package io.edgemc.mailbox.delivery;

import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order in which an edge works a delivery off: definitions of kinds, namespaces, everything else; then deletions the other
 * way round; then what is no longer managed.
 */
final class DeliveryLines {
    private static final Comparator<ObjectKey> APPLY_ORDER =
            Comparator.comparingInt(DeliveryLines::rank).thenComparing(Comparator.naturalOrder());

    private DeliveryLines() {}

    /** The lines of a difference; {@code object} gives the object of a content. */
    static List<MailboxLine> difference(List<EntryChange> changes, Function<Digest, ObjectNode> object) {
        List<ManifestEntry> applies = new ArrayList<>();
        List<ManifestEntry> deletes = new ArrayList<>();
        List<ObjectKey> forgets = new ArrayList<>();
        for (EntryChange change : changes) {
            ManifestEntry after = change.after();
            if (after == null) {
                forgets.add(change.key());
            } else if (after.isDelete()) {
                deletes.add(after);
            } else {
                applies.add(after);
            }
        }
        List<MailboxLine> lines = ordered(applies, deletes, entry -> object.apply(content(entry)));
        forgets.sort(APPLY_ORDER);
        forgets.forEach(key -> lines.add(new MailboxLine.Forget(key)));
        return lines;
    }

    /** The lines of a snapshot: every entry, contents by digest only. */
    static List<MailboxLine> snapshot(List<ManifestEntry> entries) {
        return ordered(
                entries.stream().filter(entry -> !entry.isDelete()).toList(),
                entries.stream().filter(ManifestEntry::isDelete).toList(),
                entry -> null);
    }

    /** One line as bytes, its line end included. */
    static byte[] bytes(MailboxLine line) {
        byte[] json = ApiJson.MAPPER.writerFor(MailboxLine.class).writeValueAsBytes(line);
        byte[] ended = java.util.Arrays.copyOf(json, json.length + 1);
        ended[json.length] = '\n';
        return ended;
    }

    static ObjectNode object(Content content, Function<Content, byte[]> open) {
        return CanonicalJson.parseObject(open.apply(content));
    }

    private static List<MailboxLine> ordered(
            List<ManifestEntry> applies,
            List<ManifestEntry> deletes,
            Function<ManifestEntry, @Nullable ObjectNode> object) {
        List<MailboxLine> lines = new ArrayList<>(applies.size() + deletes.size());
        applies.stream()
                .sorted(Comparator.comparing(ManifestEntry::key, APPLY_ORDER))
                .forEach(entry -> lines.add(new MailboxLine.Apply(
                        entry.key(), content(entry), entry.flags(), entry.decision(), object.apply(entry))));
        deletes.stream()
                .sorted(Comparator.comparing(ManifestEntry::key, APPLY_ORDER.reversed()))
                .forEach(entry -> lines.add(new MailboxLine.Delete(entry.key(), entry.flags(), entry.decision())));
        return lines;
    }

    private static Digest content(ManifestEntry entry) {
        return Objects.requireNonNull(entry.content());
    }

    private static int rank(ObjectKey key) {
        return switch (key.groupResource()) {
            case "customresourcedefinitions.apiextensions.k8s.io" -> 0;
            case "namespaces" -> 1;
            default -> 2;
        };
    }
}
