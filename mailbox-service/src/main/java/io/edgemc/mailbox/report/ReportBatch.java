package io.edgemc.mailbox.report;

import io.edgemc.api.agent.ReportHead;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.mailbox.listener.JsonOperation;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A batch of reports as an edge sent it, checked: its own cluster, its own session, sequences that increase.
 *
 * @param reports as the hub vouches for them
 */
record ReportBatch(long epoch, List<ObjectReport> reports) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_TEXT = 200;

    ReportBatch {
        reports = List.copyOf(reports);
    }

    /** The head line, which says whose session it is; throws {@link ProblemException}. */
    static long epoch(byte[] body) {
        return JsonOperation.read(line(body, 0), ReportHead.class).epoch();
    }

    /** Reads the whole batch; throws {@link ProblemException} for the first line that is wrong. */
    static ReportBatch parse(byte[] body, String clusterUid, int limit) {
        byte[] head = line(body, 0);
        long epoch = JsonOperation.read(head, ReportHead.class).epoch();
        List<ObjectReport> reports = new ArrayList<>();
        long last = 0;
        int at = head.length + 1;
        while (at < body.length) {
            byte[] line = line(body, at);
            at += line.length + 1;
            if (line.length == 0) {
                continue;
            }
            if (reports.size() == limit) {
                throw new ProblemException(
                        new Problem(413, "too-large", "A batch may have at most " + limit + " reports."));
            }
            ObjectReport report = checked(JsonOperation.read(line, ObjectReport.class), clusterUid, epoch, last);
            last = report.sequence();
            reports.add(SealedReports.withoutValues(report.of(clusterUid, epoch)));
        }
        return new ReportBatch(epoch, reports);
    }

    long lastSequence() {
        return reports.isEmpty() ? 0 : reports.getLast().sequence();
    }

    private static ObjectReport checked(ObjectReport report, String clusterUid, long epoch, long last) {
        if (!report.clusterUid().isEmpty() && !report.clusterUid().equals(clusterUid)) {
            throw new ProblemException(
                    new Problem(403, "wrong-cluster", "A report is of another cluster than its sender."));
        }
        if (report.epoch() != 0 && report.epoch() != epoch) {
            throw new ProblemException(Problem.staleEpoch());
        }
        if (report.sequence() <= last) {
            throw new ProblemException(
                    new Problem(400, "sequence-not-increasing", "The sequence of reports in a batch must increase."));
        }
        boolean hash = report.hash() != null
                && (report.deleted()
                        ? report.hash().isEmpty()
                        : HASH.matcher(report.hash()).matches());
        if (!hash || tooLong(report.observedAt()) || tooLong(report.traceparent())) {
            throw new ProblemException(
                    Problem.malformed("A report's hash, time or trace is not as the protocol says."));
        }
        return report;
    }

    private static boolean tooLong(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.length() > MAX_TEXT;
    }

    private static byte[] line(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return Arrays.copyOfRange(body, from, end);
    }
}
