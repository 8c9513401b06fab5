package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.PeerCertificate;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body being read, within its operation's limit, the memory of all bodies and a time. Used on its event loop only. */
final class RequestBody {
    private static final byte[] NONE = {};

    private final Exchanges exchanges;
    private final AgentOperation operation;
    private final Map<String, String> query;
    private final @Nullable PeerCertificate peer;
    private final String traceparent;
    private final Exchange exchange;

    private byte[] bytes = NONE;
    private int length;
    private int held;
    private boolean ended;
    private AgentReply.@Nullable Cancellable timeout;

    RequestBody(
            Exchanges exchanges,
            AgentOperation operation,
            Map<String, String> query,
            @Nullable PeerCertificate peer,
            String traceparent,
            Exchange exchange) {
        this.exchanges = exchanges;
        this.operation = operation;
        this.query = query;
        this.peer = peer;
        this.traceparent = traceparent;
        this.exchange = exchange;
    }

    void limitTime() {
        timeout = exchange.after(exchanges.settings().bodyTimeout(), () -> refuse(Problem.tooSlow()));
    }

    /** Takes a piece; false if the exchange was refused and what follows is to be dropped. */
    boolean add(ByteBuf piece) {
        if (ended) {
            return false;
        }
        int more = piece.readableBytes();
        if (more > operation.bodyLimit() - length) {
            refuse(Problem.tooLarge(operation.bodyLimit()));
            return false;
        }
        if (length + more > bytes.length && !grow(length + more)) {
            refuse(Problem.busy());
            return false;
        }
        piece.readBytes(bytes, length, more);
        length += more;
        return true;
    }

    void complete() {
        end();
        byte[] whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NONE;
        int taken = held;
        held = 0;
        exchanges.run(
                operation,
                new AgentCall(query, whole, peer, traceparent),
                exchange,
                () -> exchanges.budget().giveBack(taken));
    }

    /** Nobody needs it any more. */
    void drop() {
        end();
        exchanges.budget().giveBack(held);
        held = 0;
        bytes = NONE;
    }

    private void refuse(Problem problem) {
        drop();
        exchange.problem(problem);
    }

    private boolean grow(int needed) {
        int size = Math.min(operation.bodyLimit(), Math.max(needed, Math.max(1024, 2 * bytes.length)));
        if (!exchanges.budget().take(size - (long) held)) {
            return false;
        }
        held = size;
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    private void end() {
        ended = true;
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }
}
