package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.ServerCredential;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The listener that agents dial: HTTP/2 and HTTP/1.1 over TLS, a client certificate wanted. Ten thousand idle connections are
 * its normal case: none holds a thread. It is built running and ends with {@link #close()}.
 */
public final class AgentListener implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final long QUIET_MILLIS = 50;

    private final EventLoopGroup loops;
    private final Channel socket;
    private final Exchanges exchanges;
    private final ListenerSettings settings;

    private AgentListener(EventLoopGroup loops, Channel socket, Exchanges exchanges, ListenerSettings settings) {
        this.loops = loops;
        this.socket = socket;
        this.exchanges = exchanges;
        this.settings = settings;
    }

    /** Binds and serves. Throws {@link IllegalStateException} that names the address if it is taken. */
    public static AgentListener start(
            ListenerSettings settings,
            ServerCredential own,
            X509Certificate authority,
            List<AgentOperation> operations,
            CredentialCheck credentials,
            Connections connections,
            Clock clock,
            Executor workers) {
        Exchanges exchanges = new Exchanges(operations, credentials, clock, workers, settings);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                settings.threads(), new DefaultThreadFactory("agent-listener"), NioIoHandler.newFactory());
        try {
            Channel socket = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                    .childHandler(new ConnectionSetup(tls(own, authority), settings, connections, exchanges))
                    .bind(settings.address(), settings.port())
                    .syncUninterruptibly()
                    .channel();
            return new AgentListener(loops, socket, exchanges, settings);
        } catch (Exception e) {
            loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw new IllegalStateException(
                    "the agent listener cannot be bound to " + settings.address() + ":" + settings.port() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** The port that it is bound to. */
    public int port() {
        return ((InetSocketAddress) socket.localAddress()).getPort();
    }

    /** Whether it takes connections. */
    public boolean isOpen() {
        return socket.isActive();
    }

    /** Refuses new connections and calls; calls at work go on until {@link #close()}. */
    public void stopAccepting() {
        exchanges.stop();
        socket.close().syncUninterruptibly();
    }

    /** Waits for the calls at work for as long as the settings say, then ends all connections. */
    @Override
    public void close() {
        stopAccepting();
        // The loops go on serving while something happens on them, which is how calls at work get their answers out.
        loops.shutdownGracefully(QUIET_MILLIS, settings.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * settings.drainTimeout().toMillis());
    }

    /** Calls at work now, parked polls not counted. */
    public int callsAtWork() {
        return exchanges.atWork().size();
    }

    private static SslContext tls(ServerCredential own, X509Certificate authority) throws SSLException {
        return SslContextBuilder.forServer(own.key(), own.certificate(), authority)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .trustManager(authority)
                .clientAuth(ClientAuth.OPTIONAL)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }
}
