package io.edgemc.mailbox.content;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.target.TargetState;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Removes contents that the hub gave up and that no mailbox points to: neither its target nor what its edge holds. Looks only if
 * something was given up some time ago.
 */
public final class ContentSweep {
    private final JdbcTemplate jdbc;
    private final ContentStore contents;
    private final Clock clock;
    private final Duration grace;

    /** @param grace how long contents stay after the hub gave them up, for targets that are on their way */
    public ContentSweep(JdbcTemplate jdbc, ContentStore contents, Clock clock, Duration grace) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.clock = clock;
        this.grace = grace;
    }

    /** Removes what is due and returns how many contents that were. */
    public int sweep() {
        List<Digest> due = jdbc.query(
                "select digest from content where doomed_at < ?",
                (row, i) -> Digest.of(row.getBytes(1)),
                Timestamp.from(clock.instant().minus(grace)));
        if (due.isEmpty()) {
            return 0;
        }
        Set<Digest> needed = needed();
        List<Digest> free =
                due.stream().filter(digest -> !needed.contains(digest)).toList();
        return free.isEmpty()
                ? 0
                : jdbc.update("delete from content where doomed_at is not null and digest = any(?)", (Object)
                        ContentStore.bytes(free));
    }

    private Set<Digest> needed() {
        List<String> states = jdbc.query(
                "select target_state from mailbox union select applied_state from mailbox where applied_state is not null "
                        + "union select to_state from target_history",
                (row, i) -> row.getString(1));
        Set<Digest> needed = new HashSet<>();
        for (String text : states) {
            TargetState state = TargetState.parse(text);
            reach(state.manifest(), needed);
            reach(state.overlay(), needed);
        }
        return needed;
    }

    private void reach(Digest node, Set<Digest> needed) {
        if (node.equals(ManifestTree.EMPTY) || !needed.add(node)) {
            return;
        }
        ManifestNode read;
        try {
            read = contents.node(node);
        } catch (MissingContentException gone) {
            // An old state of which parts are gone already: what is left of it is of no use to anyone.
            return;
        }
        switch (read) {
            case ManifestNode.Leaf leaf -> leaf.entries().forEach(entry -> reach(entry, needed));
            case ManifestNode.Inner inner ->
                inner.children().forEach(child -> {
                    if (child != null) {
                        reach(child.digest(), needed);
                    }
                });
        }
    }

    private static void reach(ManifestEntry entry, Set<Digest> needed) {
        needed.add(entry.decision());
        if (entry.content() != null) {
            needed.add(entry.content());
        }
    }
}
