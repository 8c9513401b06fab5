package io.edgemc.mailbox.delivery;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.ContentRequest;
import io.edgemc.api.content.Digest;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.listener.JsonOperation;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST content}: objects by digest, but only those of the caller's own mailbox. */
public final class ContentOperation implements AgentOperation {
    private static final int MAX_DIGESTS = 1_000;
    private static final int BODY_LIMIT = 128 * 1024;

    private final MailboxIndex index;
    private final Holdings holdings;
    private final Deliveries deliveries;

    public ContentOperation(MailboxIndex index, Holdings holdings, Deliveries deliveries) {
        this.index = index;
        this.holdings = holdings;
        this.deliveries = deliveries;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return AgentPaths.CONTENT;
    }

    @Override
    public int bodyLimit() {
        return BODY_LIMIT;
    }

    @Override
    public void handle(AgentCall call, AgentReply reply) {
        List<Digest> asked =
                JsonOperation.read(call.body(), ContentRequest.class).digests();
        if (asked.size() > MAX_DIGESTS) {
            throw new ProblemException(Problem.malformed("At most " + MAX_DIGESTS + " digests may be asked at once."));
        }
        MailboxHead head = index.find(call.cluster().clusterUid())
                .orElseThrow(() -> new ProblemException(Problem.credentialRefused()));
        Set<Digest> allowed = holdings.allowed(head, asked);
        Map<Digest, byte[]> opened = deliveries.open(allowed);
        if (!opened.keySet().containsAll(new HashSet<>(asked))) {
            // What belongs to others looks like what does not exist.
            throw new ProblemException(new Problem(
                    404, "content-not-here", "A content asked for is not in this mailbox (any more); poll again."));
        }
        reply.ndjson(deliveries.contentLines(asked, opened));
    }
}
