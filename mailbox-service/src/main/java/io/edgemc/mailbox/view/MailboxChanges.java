package io.edgemc.mailbox.view;

import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetState;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.mailbox.delivery.Differences;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** The changes of mailboxes' objects in commit order: steps of targets, taken apart by object, and reports. Thread-safe. */
final class MailboxChanges {
    private final JdbcTemplate jdbc;
    private final MailboxIndex index;
    private final Differences differences;
    private final DesiredObjects desired;
    private final ReportedRows reported;

    MailboxChanges(
            JdbcTemplate jdbc,
            MailboxIndex index,
            Differences differences,
            DesiredObjects desired,
            ReportedRows reported) {
        this.jdbc = jdbc;
        this.index = index;
        this.differences = differences;
        this.desired = desired;
        this.reported = reported;
    }

    private record Step(String clusterUid, long first, long last, TargetState from, TargetState to) {}

    /** At most {@code max} changes after a position. Throws {@link StoreException.Expired} if some of them are forgotten. */
    List<StoredChange> after(ViewScope scope, long position, int max) {
        checkHorizon(position);
        Set<String> uids = heads(scope).keySet();
        List<Step> steps = steps(uids, position, max);
        List<ReportedRow> rows = reported.changedAfter(uids, position, max);
        // After the rows were read: what is shown beside them must not be older than they are.
        index.refresh();
        Map<String, MailboxHead> heads = heads(scope);
        List<StoredChange> changes = new ArrayList<>();
        for (Step step : steps) {
            MailboxHead head = heads.get(step.clusterUid());
            if (head != null) {
                expand(head, scope, step, position, changes);
            }
        }
        for (ReportedRow row : rows) {
            MailboxHead head = heads.get(row.clusterUid());
            StoredChange change = head == null ? null : reportChange(head, scope, row);
            if (change != null) {
                changes.add(change);
            }
        }
        // A source that stopped at its limit may have more before what the other one brought.
        long complete = Math.min(
                steps.size() < max ? Long.MAX_VALUE : steps.getLast().last(),
                rows.size() < max ? Long.MAX_VALUE : rows.getLast().position());
        return changes.stream()
                .filter(change -> change.position() <= complete)
                .sorted(Comparator.comparingLong(StoredChange::position))
                .limit(max)
                .toList();
    }

    private Map<String, MailboxHead> heads(ViewScope scope) {
        return scope.heads(index).stream().collect(Collectors.toMap(MailboxHead::clusterUid, head -> head));
    }

    private void checkHorizon(long position) {
        Long horizon = jdbc.queryForObject(
                "select greatest((select position from view_horizon), coalesce((select max(position) from departed), 0))",
                Long.class);
        if (horizon != null && position < horizon) {
            throw new StoreException.Expired("changes after " + position + " are not kept any more");
        }
    }

    private List<Step> steps(Set<String> uids, long position, int max) {
        return jdbc.query(
                "select cluster_uid, first_position, last_position, from_state, to_state from target_history "
                        + "where last_position > ? and cluster_uid = any(?) order by last_position limit ?",
                (row, i) -> new Step(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        TargetState.parse(row.getString(4)),
                        TargetState.parse(row.getString(5))),
                position,
                uids.toArray(String[]::new),
                max);
    }

    private void expand(MailboxHead head, ViewScope scope, Step step, long after, List<StoredChange> changes) {
        List<EntryChange> between = between(step);
        for (int i = 0; i < between.size(); i++) {
            long position = step.first() + i;
            if (position > after) {
                StoredChange change = targetChange(head, scope, between.get(i), position);
                if (change != null) {
                    changes.add(change);
                }
            }
        }
    }

    private List<EntryChange> between(Step step) {
        try {
            return differences.between(step.from(), step.to());
        } catch (MissingContentException gone) {
            throw new StoreException.Expired("changes up to " + step.last() + " are not kept any more");
        }
    }

    private @Nullable StoredChange targetChange(MailboxHead head, ViewScope scope, EntryChange change, long position) {
        ObjectKey key = change.key();
        ReportedRow row =
                reported.find(head.clusterUid(), key).stream().findFirst().orElse(null);
        ManifestEntry before = shown(change.before());
        ManifestEntry after = shown(change.after());
        var objects = desired.objects(Arrays.asList(before, after));
        StoredObject previous = MergedObject.of(
                head, scope, key, before == null ? null : objects.get(before.content()), row, position - 1);
        StoredObject current =
                MergedObject.of(head, scope, key, after == null ? null : objects.get(after.content()), row, position);
        return previous == null && current == null ? null : new StoredChange(position, previous, current);
    }

    private @Nullable StoredChange reportChange(MailboxHead head, ViewScope scope, ReportedRow row) {
        ManifestEntry entry = desired.find(head.target(), row.key());
        ObjectNode wanted =
                entry == null ? null : desired.objects(Arrays.asList(entry)).get(entry.content());
        StoredObject current = MergedObject.of(head, scope, row.key(), wanted, row, row.position());
        StoredObject previous = MergedObject.of(head, scope, row.key(), wanted, before(row), row.position() - 1);
        return previous == null && current == null ? null : new StoredChange(row.position(), previous, current);
    }

    /** The row as it was before its last report: its labels of then, which is what selectors ask. */
    private static @Nullable ReportedRow before(ReportedRow row) {
        ObjectNode body = row.body();
        if (!row.existed() || body == null) {
            return null;
        }
        ObjectNode was = body.deepCopy();
        ObjectNode labels = row.previousLabels();
        if (labels != null) {
            was.withObjectProperty("metadata").set("labels", labels);
        }
        return new ReportedRow(row.clusterUid(), row.key(), row.origin(), false, was, true, null, row.position() - 1);
    }

    private static @Nullable ManifestEntry shown(@Nullable ManifestEntry entry) {
        return entry != null && DesiredObjects.shown(entry) ? entry : null;
    }
}
