package io.edgemc.syncer.report;

import io.edgemc.api.agent.Bucket;
import io.edgemc.api.agent.BucketsRequest;
import io.edgemc.api.agent.ReconcileRequest;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds by hash tree what the hub does not know as we do: one small request if nothing, else two. */
final class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final int KEYS_AT_ONCE = 2_000;

    private Reconciliation() {}

    static void run(Session session, ReportBook book) throws IOException {
        ReportBook.Summary ours = book.summary();
        ReconcileResponse answer =
                session.client().reconcile(new ReconcileRequest(session.epoch(), ours.root(), ours.count()));
        if (answer.same()) {
            return;
        }
        if (answer.buckets().size() != ours.buckets().size()) {
            throw new IOException("the hub answered " + answer.buckets().size() + " bucket hashes");
        }
        Set<Integer> different = new HashSet<>();
        for (int i = 0; i < ours.buckets().size(); i++) {
            if (!ours.buckets().get(i).equals(answer.buckets().get(i))) {
                different.add(i);
            }
        }
        int asked = 0;
        List<Bucket> some = new ArrayList<>();
        int keys = 0;
        for (Bucket bucket : book.buckets(different)) {
            some.add(bucket);
            keys += bucket.hashes().size();
            if (keys >= KEYS_AT_ONCE) {
                asked += ask(session, book, some);
                some.clear();
                keys = 0;
            }
        }
        asked += ask(session, book, some);
        log.atInfo()
                .addKeyValue("buckets", different.size())
                .addKeyValue(LogKeys.COUNT, asked)
                .log("reports reconciled with the hub");
    }

    private static int ask(Session session, ReportBook book, List<Bucket> buckets) throws IOException {
        if (buckets.isEmpty()) {
            return 0;
        }
        List<ObjectKey> wanted = session.client().buckets(new BucketsRequest(session.epoch(), buckets)).send().stream()
                .map(ObjectKey::parse)
                .toList();
        book.resend(wanted);
        return wanted.size();
    }
}
