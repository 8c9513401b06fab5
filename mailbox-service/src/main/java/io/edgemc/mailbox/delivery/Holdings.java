package io.edgemc.mailbox.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.edgemc.api.content.Digest;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.postbox.MailboxHead;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a cluster may hold: its targets of now and of late. Nobody is told the way from, or given the content of, a state that was
 * never its own, since that would tell it about others. Thread-safe.
 */
public final class Holdings {
    private static final int STATES = 16;

    private final JdbcTemplate jdbc;
    private final Deliveries deliveries;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    /** Saves the database the question that an edge which follows asks with every delivery. */
    private final Cache<Owned, Boolean> owned =
            Caffeine.newBuilder().maximumSize(50_000).build();

    public Holdings(JdbcTemplate jdbc, Deliveries deliveries) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
    }

    private record Told(long epoch, long revision) {}

    private record Owned(String clusterUid, TargetState state) {}

    /** Whether a state is or was a target of this very cluster. */
    boolean wasTargetOf(TargetState state, MailboxHead head) {
        return state.equals(TargetState.EMPTY)
                || state.equals(head.target())
                || Boolean.TRUE.equals(owned.getIfPresent(new Owned(head.clusterUid(), state)))
                || ownedByTable(head.clusterUid(), state);
    }

    /** Those of the digests that are objects of the cluster's target or of one of its last ones. */
    Set<Digest> allowed(MailboxHead head, Collection<Digest> asked) {
        Set<Digest> rest = new HashSet<>(asked);
        Set<Digest> allowed = new HashSet<>();
        take(rest, allowed, head.target());
        if (!rest.isEmpty()) {
            for (TargetState state : recent(head.clusterUid())) {
                take(rest, allowed, state);
            }
        }
        return allowed;
    }

    /** Whether the revision of the target was not acknowledged, and this session was not told it by this process. */
    boolean needsTelling(MailboxHead head) {
        Told last = told.get(head.clusterUid());
        long known = last == null || last.epoch() != head.epoch() ? head.appliedRevision() : last.revision();
        return known < head.targetRevision();
    }

    void told(MailboxHead head) {
        told.put(head.clusterUid(), new Told(head.epoch(), head.targetRevision()));
        owned.put(new Owned(head.clusterUid(), head.target()), true);
    }

    /** The cluster is gone. */
    public void forget(String clusterUid) {
        told.remove(clusterUid);
    }

    private void take(Set<Digest> rest, Set<Digest> allowed, TargetState state) {
        Set<Digest> objects = deliveries.objects(state);
        rest.removeIf(digest -> objects.contains(digest) && allowed.add(digest));
    }

    private boolean ownedByTable(String uid, TargetState state) {
        boolean found = !jdbc.query(
                        "select 1 from target_history where cluster_uid = ? and (to_state = ? or from_state = ?) "
                                + "union all select 1 from mailbox where cluster_uid = ? and applied_state = ? limit 1",
                        (row, i) -> 1,
                        uid,
                        state.text(),
                        state.text(),
                        uid,
                        state.text())
                .isEmpty();
        if (found) {
            owned.put(new Owned(uid, state), true);
        }
        return found;
    }

    private Set<TargetState> recent(String uid) {
        List<String> states = jdbc.query(
                "select to_state from target_history where cluster_uid = ? order by last_position desc limit " + STATES,
                (row, i) -> row.getString(1),
                uid);
        Set<TargetState> recent = new LinkedHashSet<>();
        states.forEach(state -> recent.add(TargetState.parse(state)));
        return recent;
    }
}
