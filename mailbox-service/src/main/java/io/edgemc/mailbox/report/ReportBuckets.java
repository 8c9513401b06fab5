package io.edgemc.mailbox.report;

import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The sums of reported objects by cluster and bucket, kept up in the transaction that writes the objects, which has the rows of the
 * mailboxes. Secrets are not in them. Thread-safe.
 */
final class ReportBuckets {
    private final JdbcTemplate jdbc;

    ReportBuckets(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Place(String clusterUid, int bucket) {}

    private static final class Sum {
        private long weights;
        private int objects;
    }

    /** What a transaction changes, collected first, so that each bucket is written once. */
    static final class Changes {
        private final Map<Place, Sum> sums = new HashMap<>();

        /** The object is there with this hash now. */
        void add(String clusterUid, ObjectKey key, String hash) {
            if (!SealedReports.isSecret(key)) {
                Sum sum = sum(clusterUid, key);
                sum.weights += ReportTree.weight(key, hash);
                sum.objects++;
            }
        }

        /** The object is not there with this hash any more. */
        void remove(String clusterUid, ObjectKey key, String hash) {
            if (!SealedReports.isSecret(key)) {
                Sum sum = sum(clusterUid, key);
                sum.weights -= ReportTree.weight(key, hash);
                sum.objects--;
            }
        }

        private Sum sum(String clusterUid, ObjectKey key) {
            return sums.computeIfAbsent(new Place(clusterUid, ReportTree.bucket(key)), place -> new Sum());
        }
    }

    void write(Changes changes) {
        if (changes.sums.isEmpty()) {
            return;
        }
        // Added up here, since the database does not wrap around.
        read(changes).forEach((place, before) -> {
            Sum sum = changes.sums.get(place);
            if (sum != null) {
                sum.weights += before.weights;
                sum.objects += before.objects;
            }
        });
        List<Object[]> rows = new ArrayList<>();
        changes.sums.forEach(
                (place, sum) -> rows.add(new Object[] {place.clusterUid(), place.bucket(), sum.weights, sum.objects}));
        jdbc.batchUpdate(
                "insert into reported_bucket (cluster_uid, bucket, sum, objects) values (?, ?, ?, ?) "
                        + "on conflict (cluster_uid, bucket) do update set sum = excluded.sum, objects = excluded.objects",
                rows);
    }

    /** All buckets of a cluster, but for its Secrets. */
    ReportTree tree(String clusterUid) {
        ReportTree tree = new ReportTree();
        jdbc.query(
                "select bucket, sum, objects from reported_bucket where cluster_uid = ?",
                row -> {
                    tree.addSum(row.getInt(1), row.getLong(2), row.getInt(3));
                },
                clusterUid);
        return tree;
    }

    private Map<Place, Sum> read(Changes changes) {
        Map<Place, Sum> before = new HashMap<>();
        List<Place> places = List.copyOf(changes.sums.keySet());
        jdbc.query(
                "select b.cluster_uid, b.bucket, sum, objects from reported_bucket b "
                        + "join unnest(?::text[], ?::int[]) as k(cluster_uid, bucket) "
                        + "on b.cluster_uid = k.cluster_uid and b.bucket = k.bucket",
                row -> {
                    Sum sum = new Sum();
                    sum.weights = row.getLong(3);
                    sum.objects = row.getInt(4);
                    before.put(new Place(row.getString(1), row.getInt(2)), sum);
                },
                places.stream().map(Place::clusterUid).toArray(String[]::new),
                places.stream().map(Place::bucket).toArray(Integer[]::new));
        return before;
    }
}
