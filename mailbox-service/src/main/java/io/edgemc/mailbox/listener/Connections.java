package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.PeerCertificate;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The open connections, by cluster where a certificate says which. Thread-safe. */
public final class Connections {
    private final ConcurrentHashMap<String, Set<Channel>> byCluster = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    /** Closes every connection of a cluster, and with them all its streams. */
    public void close(String clusterUid) {
        Set<Channel> channels = byCluster.get(clusterUid);
        if (channels != null) {
            channels.forEach(Channel::close);
        }
    }

    /** Closes the connections of a cluster that were opened with one certificate. */
    public void close(String clusterUid, String serial) {
        Set<Channel> channels = byCluster.get(clusterUid);
        if (channels != null) {
            channels.stream()
                    .filter(channel -> serial.equals(serialOf(channel)))
                    .forEach(Channel::close);
        }
    }

    private static @Nullable String serialOf(Channel channel) {
        PeerCertificate peer = channel.attr(ConnectionSetup.PEER).get();
        return peer == null ? null : peer.serial();
    }

    /** Whether a cluster has a connection. */
    public boolean isOpen(String clusterUid) {
        return byCluster.containsKey(clusterUid);
    }

    /** How many connections are open. */
    public int size() {
        return open.get();
    }

    /** How many connections were refused because there were too many already. */
    public long refused() {
        return refused.get();
    }

    /**
     * Counts a new connection.
     *
     * @param most in all
     * @param perAddress of one peer address
     * @return false if there are as many already; it is then not counted, and to be closed
     */
    boolean opened(Channel channel, int most, int perAddress) {
        InetAddress address = channel.remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
        if (address == null) {
            // It is gone already.
            return false;
        }
        if (open.incrementAndGet() > most || !take(address, perAddress)) {
            open.decrementAndGet();
            refused.incrementAndGet();
            return false;
        }
        channel.closeFuture().addListener(closed -> {
            open.decrementAndGet();
            byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        });
        return true;
    }

    private boolean take(InetAddress address, int limit) {
        boolean[] taken = {false};
        byAddress.compute(address, (key, count) -> {
            int now = count == null ? 0 : count;
            taken[0] = now < limit;
            return taken[0] ? Integer.valueOf(now + 1) : count;
        });
        return taken[0];
    }

    void identified(String clusterUid, Channel channel) {
        byCluster.compute(clusterUid, (uid, channels) -> {
            Set<Channel> set = channels == null ? ConcurrentHashMap.newKeySet(1) : channels;
            set.add(channel);
            return set;
        });
        channel.closeFuture()
                .addListener(closed -> byCluster.computeIfPresent(clusterUid, (uid, channels) -> {
                    channels.remove(channel);
                    return channels.isEmpty() ? null : channels;
                }));
    }
}
