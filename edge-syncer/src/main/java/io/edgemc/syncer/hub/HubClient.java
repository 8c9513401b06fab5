package io.edgemc.syncer.hub;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.agent.BucketsRequest;
import io.edgemc.api.agent.BucketsResponse;
import io.edgemc.api.agent.ContentLine;
import io.edgemc.api.agent.ContentRequest;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.agent.ReconcileRequest;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.agent.RenewRequest;
import io.edgemc.api.agent.ReportAck;
import io.edgemc.api.agent.ReportHead;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import io.edgemc.api.content.Digest;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.syncer.http.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;

/**
 * The agent's side of the agent protocol: one method per call, blocking (cheap on virtual threads), no state of its own but the
 * connection. Many clients may share one executor. A call throws {@link HubException} for a refusal and another
 * {@link IOException} if the hub cannot be reached or the answer was cut off. Thread-safe.
 */
public final class HubClient implements AutoCloseable {
    private static final int MAX_LINE = 16 * 1024 * 1024;
    private static final int MAX_ANSWER = 16 * 1024 * 1024;
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final HubTransport transport;

    /**
     * @param hub base address of the agent listener, {@code https://host:port}
     * @param tls with the cluster's certificate; for {@link #enroll} without one
     * @param executor runs the connection's work; shared and never closed by this client
     */
    public HubClient(URI hub, SSLContext tls, Executor executor) {
        this.transport = new HubTransport(hub, tls, executor);
    }

    public EnrollResponse enroll(EnrollRequest request) throws IOException {
        return call(AgentPaths.ENROLL, request, EnrollResponse.class);
    }

    public EnrollResponse renew(RenewRequest request) throws IOException {
        return call(AgentPaths.RENEW, request, EnrollResponse.class);
    }

    public SessionResponse openSession(SessionRequest request) throws IOException {
        return call(AgentPaths.SESSION, request, SessionResponse.class);
    }

    /**
     * Waits for a target other than what the edge has.
     *
     * @param have text form of the state that the edge has, {@code ""} if it has none
     * @param waitSeconds longest wait at the hub
     * @return true if a whole delivery went to the sink, false if there is nothing new
     */
    public boolean poll(long epoch, String have, int waitSeconds, MailboxSink sink) throws IOException {
        String query =
                "?epoch=" + epoch + "&have=" + URLEncoder.encode(have, StandardCharsets.UTF_8) + "&wait=" + waitSeconds;
        try (Lines lines = new Lines(
                transport.get(AgentPaths.MAILBOX + query, NDJSON, Duration.ofSeconds(waitSeconds)), MAX_LINE)) {
            byte[] first = lines.next();
            if (first == null) {
                return false;
            }
            if (!(read(first, MailboxLine.class) instanceof MailboxLine.Head head)) {
                throw new IOException("a delivery does not begin with a head");
            }
            sink.head(head);
            int entries = 0;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                MailboxLine parsed = read(line, MailboxLine.class);
                if (parsed instanceof MailboxLine.End end) {
                    if (end.entries() != entries) {
                        throw new IOException("a delivery of " + end.entries() + " entries came as " + entries);
                    }
                    return true;
                }
                sink.entry(parsed);
                entries++;
            }
            throw new IOException("a delivery was cut off after " + entries + " entries");
        }
    }

    /**
     * Fetches contents, in as many answers as the hub makes of them; the sink gets each once, in the order asked. Those that the
     * hub lacks are left out.
     *
     * @param digests at most 1 000
     */
    public void content(List<Digest> digests, Consumer<ContentLine> sink) throws IOException {
        Set<Digest> open = new LinkedHashSet<>(digests);
        int before;
        do {
            before = open.size();
            beginning(open, sink);
        } while (!open.isEmpty() && open.size() < before);
    }

    /** One answer: the hub ends it where it becomes too large. */
    private void beginning(Set<Digest> open, Consumer<ContentLine> sink) throws IOException {
        try (Lines lines = new Lines(
                transport.post(AgentPaths.CONTENT, JSON, json(new ContentRequest(List.copyOf(open)))), MAX_LINE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                ContentLine content = read(line, ContentLine.class);
                if (open.remove(content.digest())) {
                    sink.accept(content);
                }
            }
        }
    }

    public void applied(AppliedReport report) throws IOException {
        transport.post(AgentPaths.APPLIED, JSON, json(report)).close();
    }

    /** Sends a batch; returns once all of it is durable at the hub. */
    public ReportAck report(long epoch, List<ObjectReport> reports) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(1024 + 512 * reports.size());
        line(new ReportHead(epoch), body);
        for (ObjectReport report : reports) {
            line(report, body);
        }
        return answer(transport.post(AgentPaths.REPORTS, NDJSON, body.toByteArray()), ReportAck.class);
    }

    public ReconcileResponse reconcile(ReconcileRequest request) throws IOException {
        return call(AgentPaths.RECONCILE, request, ReconcileResponse.class);
    }

    public BucketsResponse buckets(BucketsRequest request) throws IOException {
        return call(AgentPaths.BUCKETS, request, BucketsResponse.class);
    }

    /** Drops the connection; the next call opens a new one. */
    public void reconnect() {
        transport.reset();
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Bytes of a report as it is sent, to keep a batch within the hub's limit. */
    public static int sizeOf(ObjectReport report) {
        return json(report).length + 1;
    }

    /** Bytes of an exception as it is sent. */
    public static int sizeOf(ObjectException exception) {
        return json(exception).length + 1;
    }

    private <T> T call(String path, Object request, Class<T> answer) throws IOException {
        return answer(transport.post(path, JSON, json(request)), answer);
    }

    private static <T> T answer(InputStream body, Class<T> type) throws IOException {
        try (body) {
            return read(body.readNBytes(MAX_ANSWER), type);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) throws IOException {
        try {
            return HubTransport.MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new IOException("the hub sent no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static byte[] json(Object value) {
        return HubTransport.MAPPER.writeValueAsBytes(value);
    }

    private static void line(Object value, ByteArrayOutputStream out) {
        out.writeBytes(json(value));
        out.write('\n');
    }
}
