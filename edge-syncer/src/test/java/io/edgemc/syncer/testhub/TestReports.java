package io.edgemc.syncer.testhub;

import io.edgemc.api.agent.Bucket;
import io.edgemc.api.agent.BucketsRequest;
import io.edgemc.api.agent.BucketsResponse;
import io.edgemc.api.agent.ReconcileRequest;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.agent.ReportAck;
import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the edge reported, as a hub materializes it. */
public final class TestReports {
    private final Map<ObjectKey, ObjectReport> latest = new HashMap<>();
    private final List<ObjectReport> all = new ArrayList<>();
    private boolean nextAnswerIsNonsense;

    /** What is reported of an object; empty if nothing, or that it is gone. */
    public synchronized Optional<ObjectReport> of(String key) {
        return Optional.ofNullable(latest.get(ObjectKey.parse(key))).filter(report -> !report.deleted());
    }

    /** Every report of an object, in order. */
    public synchronized List<ObjectReport> every(String key) {
        ObjectKey parsed = ObjectKey.parse(key);
        return all.stream().filter(report -> report.key().equals(parsed)).toList();
    }

    /** The next answer to a comparison of buckets names a key that no key can be. */
    public synchronized void answerNonsenseOnce() {
        nextAnswerIsNonsense = true;
    }

    public synchronized boolean answeredNonsense() {
        return !nextAnswerIsNonsense;
    }

    public synchronized int count() {
        return all.size();
    }

    synchronized ReportAck take(byte[] body) {
        long last = 0;
        for (String line :
                new String(body, StandardCharsets.UTF_8).lines().skip(1).toList()) {
            ObjectReport report = TestHub.MAPPER.readValue(line, ObjectReport.class);
            if (report.sequence() <= last) {
                throw new IllegalStateException("sequence does not increase");
            }
            last = report.sequence();
            latest.put(report.key(), report);
            all.add(report);
        }
        return new ReportAck(last);
    }

    synchronized ReconcileResponse reconcile(byte[] body) {
        ReportTree tree = new ReportTree();
        latest.values().stream()
                .filter(report -> !report.deleted())
                .forEach(report -> tree.add(report.key(), report.hash()));
        ReconcileRequest request = TestHub.MAPPER.readValue(body, ReconcileRequest.class);
        boolean same = tree.root().equals(request.root());
        return new ReconcileResponse(same, same ? List.of() : tree.buckets());
    }

    synchronized BucketsResponse buckets(byte[] body) {
        if (nextAnswerIsNonsense) {
            nextAnswerIsNonsense = false;
            return new BucketsResponse(List.of("nonsense"));
        }
        List<String> send = new ArrayList<>();
        for (Bucket bucket :
                TestHub.MAPPER.readValue(body, BucketsRequest.class).buckets()) {
            latest.values()
                    .removeIf(report -> !report.deleted()
                            && ReportTree.bucket(report.key()) == bucket.index()
                            && !bucket.hashes().containsKey(report.key().text()));
            bucket.hashes().forEach((key, hash) -> {
                if (of(key).map(report -> !report.hash().equals(hash)).orElse(true)) {
                    send.add(key);
                }
            });
        }
        return new BucketsResponse(send);
    }
}
