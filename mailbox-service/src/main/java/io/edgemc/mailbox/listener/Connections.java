package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.PeerCertificate;
import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The open connections, by cluster where a certificate says which. Thread-safe. */
public final class Connections {
    private final ConcurrentHashMap<String, Set<Channel>> byCluster = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

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

    void opened(Channel channel) {
        open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
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
