package io.edgemc.mailbox.delivery;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.ContentRequest;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.listener.JsonOperation;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST content}: objects by digest, but only those of the caller's own mailbox. What is too much for one answer is left out
 * at its end; the agent asks again for the rest.
 */
public final class ContentOperation implements AgentOperation {
    private static final int MAX_DIGESTS = 1_000;
    private static final int BODY_LIMIT = 128 * 1024;
    private static final JsonMapper LIMITED = ApiJson.atMost(2 * MAX_DIGESTS);
    /** An answer ends before it is larger, but for one that has only one content. */
    private static final int ANSWER_BYTES = 4 << 20;

    private static final int ANSWERS_PER_CLUSTER = 4;
    private static final long ALL_ANSWERS_BYTES = 128L << 20;

    private final MailboxIndex index;
    private final Holdings holdings;
    private final Deliveries deliveries;
    private final AnswerBudget budget = new AnswerBudget(ANSWERS_PER_CLUSTER, ALL_ANSWERS_BYTES);

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
                JsonOperation.read(call.body(), ContentRequest.class, LIMITED).digests();
        if (asked.size() > MAX_DIGESTS) {
            throw new ProblemException(Problem.malformed("At most " + MAX_DIGESTS + " digests may be asked at once."));
        }
        MailboxHead head = index.find(call.cluster().clusterUid())
                .orElseThrow(() -> new ProblemException(Problem.credentialRefused()));
        Set<Digest> allowed = holdings.allowed(head, asked);
        // Sizes first: nothing is loaded that is not sent.
        Map<Digest, Integer> sizes = deliveries.sizes(allowed);
        if (!sizes.keySet().containsAll(new HashSet<>(asked))) {
            // What belongs to others looks like what does not exist.
            throw notHere();
        }
        answer(head.clusterUid(), beginning(asked, sizes), sizes, reply);
    }

    private void answer(String clusterUid, List<Digest> sent, Map<Digest, Integer> sizes, AgentReply reply) {
        // Once as it rests and once opened, where it is a Secret.
        long held = 2
                * sent.stream()
                        .mapToLong(digest -> sizes.getOrDefault(digest, 0))
                        .sum();
        Runnable written = budget.take(clusterUid, held);
        boolean answered = false;
        try {
            List<byte[]> lines = deliveries.contentLines(sent);
            answered = true;
            reply.ndjson(lines, written);
        } catch (MissingContentException swept) {
            throw notHere();
        } finally {
            if (!answered) {
                written.run();
            }
        }
    }

    private static ProblemException notHere() {
        return new ProblemException(new Problem(
                404, "content-not-here", "A content asked for is not in this mailbox (any more); poll again."));
    }

    /** Each once, in the order asked, as many as an answer takes. */
    private static List<Digest> beginning(List<Digest> asked, Map<Digest, Integer> sizes) {
        List<Digest> beginning = new ArrayList<>();
        long bytes = 0;
        for (Digest digest : new LinkedHashSet<>(asked)) {
            bytes += sizes.getOrDefault(digest, 0);
            if (bytes > ANSWER_BYTES && !beginning.isEmpty()) {
                break;
            }
            beginning.add(digest);
        }
        return beginning;
    }
}
