package io.edgemc.mailbox.report;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.Bucket;
import io.edgemc.api.agent.BucketsRequest;
import io.edgemc.api.agent.BucketsResponse;
import io.edgemc.api.agent.ReconcileRequest;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.JsonOperation;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.session.Sessions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Compares what the hub knows of an edge with what the edge reported, in O(differences) on the wire: one hash if all is the same,
 * else 256 of them, else the objects of the buckets that differ. Thread-safe.
 */
public final class Reconciliation {
    private static final int ROOT_LIMIT = 1024;
    private static final int BUCKETS_LIMIT = 4 << 20;

    private final JdbcTemplate jdbc;
    private final Sessions sessions;
    private final ReportLog log;
    private final Clock clock;
    private final ReportBuckets buckets;

    public Reconciliation(JdbcTemplate jdbc, Sessions sessions, ReportLog log, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.log = log;
        this.clock = clock;
        this.buckets = new ReportBuckets(jdbc);
    }

    public List<AgentOperation> operations() {
        return List.of(
                new JsonOperation<>(AgentPaths.RECONCILE, ROOT_LIMIT, false, ReconcileRequest.class, this::compare),
                new JsonOperation<>(
                        AgentPaths.BUCKETS, BUCKETS_LIMIT, false, BucketsRequest.class, this::compareBuckets));
    }

    private record Known(Origin origin, String hash) {}

    private ReconcileResponse compare(AgentCall call, ReconcileRequest request) {
        sessions.require(call.cluster(), request.epoch());
        String uid = call.cluster().clusterUid();
        ReportTree tree = buckets.tree(uid);
        secrets(uid).forEach((key, known) -> tree.add(key, known.hash()));
        boolean same = tree.count() == request.count() && tree.root().equals(request.root());
        return new ReconcileResponse(same, same ? List.of() : tree.buckets());
    }

    private BucketsResponse compareBuckets(AgentCall call, BucketsRequest request) {
        sessions.require(call.cluster(), request.epoch());
        String uid = call.cluster().clusterUid();
        Set<Integer> compared = new HashSet<>();
        Map<ObjectKey, String> there = new TreeMap<>();
        for (Bucket bucket : request.buckets()) {
            if (bucket.index() < 0 || bucket.index() >= ReportTree.BUCKETS || !compared.add(bucket.index())) {
                throw new ProblemException(Problem.malformed("A bucket is out of range or given twice."));
            }
            bucket.hashes().forEach((text, hash) -> there.put(key(text, bucket.index()), hash));
        }
        Map<ObjectKey, Known> here = inBuckets(uid, compared);
        List<String> send = new ArrayList<>();
        there.forEach((key, hash) -> {
            Known known = here.get(key);
            if (known == null || !known.hash().equals(hash)) {
                send.add(key.text());
            }
        });
        List<ObjectReport> gone = new ArrayList<>();
        long sequence = log.acknowledged(uid, request.epoch());
        here.forEach((key, known) -> {
            if (!there.containsKey(key)) {
                gone.add(new ObjectReport(
                        uid,
                        request.epoch(),
                        sequence,
                        key,
                        known.origin(),
                        0,
                        "",
                        true,
                        null,
                        clock.instant().toString(),
                        ""));
            }
        });
        log.appendOwn(gone);
        return new BucketsResponse(send);
    }

    private static ObjectKey key(String text, int bucket) {
        try {
            ObjectKey key = ObjectKey.parse(text);
            if (ReportTree.bucket(key) == bucket) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.malformed("A bucket has a key that is none."));
        }
        throw new ProblemException(Problem.malformed("An object is in the wrong bucket."));
    }

    /** The Secrets of a cluster: the sums do not have them. */
    private Map<ObjectKey, Known> secrets(String uid) {
        return known("key_id is not null", uid);
    }

    private Map<ObjectKey, Known> inBuckets(String uid, Set<Integer> some) {
        return known("bucket = any(?)", uid, (Object) some.toArray(Integer[]::new));
    }

    private Map<ObjectKey, Known> known(String which, Object... parameters) {
        Map<ObjectKey, Known> known = new TreeMap<>();
        jdbc.query(
                "select object_key, origin, hash, key_id, case when key_id is null then null else body end "
                        + "from reported where cluster_uid = ? and not deleted and " + which,
                row -> {
                    String keyId = row.getString(4);
                    String hash = keyId == null
                            ? row.getString(3)
                            // Only its sealed body knows the hash that the edge gave a Secret.
                            : CanonicalJson.parseObject(log.sealing().keys().open(keyId, row.getBytes(5)))
                                    .path(ReportedObjects.HASH_MEMBER)
                                    .asString("");
                    known.put(ObjectKey.parse(row.getString(1)), new Known(Origin.valueOf(row.getString(2)), hash));
                },
                parameters);
        return known;
    }
}
