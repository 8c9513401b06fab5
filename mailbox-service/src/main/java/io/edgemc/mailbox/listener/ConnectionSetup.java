package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.PeerCertificate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of a connection: TLS, then HTTP/2 or HTTP/1.1 as negotiated, then exchanges. */
final class ConnectionSetup extends ChannelInitializer<Channel> {
    /** Who is at the other end, on the connection's channel; absent if no certificate came. */
    static final AttributeKey<PeerCertificate> PEER = AttributeKey.valueOf(ConnectionSetup.class, "peer");

    private static final int MAX_STREAMS = 32;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int WINDOW_BYTES = 256 * 1024;

    private final SslContext tls;
    private final ListenerSettings settings;
    private final Connections connections;
    private final Exchanges exchanges;

    ConnectionSetup(SslContext tls, ListenerSettings settings, Connections connections, Exchanges exchanges) {
        this.tls = tls;
        this.settings = settings;
        this.connections = connections;
        this.exchanges = exchanges;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!connections.opened(channel, settings.maxConnections(), settings.connectionsPerAddress())) {
            // Before the handshake, which is the dear part.
            channel.close();
            return;
        }
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(settings.handshakeTimeout().toMillis());
        channel.pipeline()
                .addLast(handler)
                .addLast(new IdleStateHandler(settings.idleTimeout().toSeconds(), 0, 0, TimeUnit.SECONDS))
                .addLast(CloseWhenIdle.INSTANCE)
                .addLast(new Negotiated());
    }

    /** The end of a half-open connection. */
    private static final class CloseWhenIdle extends ChannelDuplexHandler {
        private static final CloseWhenIdle INSTANCE = new CloseWhenIdle();

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent) {
                context.close();
            } else {
                context.fireUserEventTriggered(event);
            }
        }
    }

    /** The end of a connection that was reset or broke the rules of HTTP/2: agents come and go, that is no news for a log. */
    private static final class CloseWhenBroken extends ChannelInboundHandlerAdapter {
        private static final CloseWhenBroken INSTANCE = new CloseWhenBroken();

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private final class Negotiated extends ApplicationProtocolNegotiationHandler {
        private Negotiated() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            Channel channel = context.channel();
            PeerCertificate peer = peer(channel);
            if (peer != null) {
                channel.attr(PEER).set(peer);
                connections.identified(peer.identity().clusterUid(), channel);
            }
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                channel.pipeline()
                        .addLast(Http2FrameCodecBuilder.forServer()
                                .initialSettings(Http2Settings.defaultSettings()
                                        .maxConcurrentStreams(MAX_STREAMS)
                                        .maxHeaderListSize(MAX_HEADER_BYTES)
                                        .initialWindowSize(WINDOW_BYTES))
                                .build())
                        .addLast(new Http2MultiplexHandler(new StreamSetup()))
                        .addLast(CloseWhenBroken.INSTANCE);
            } else {
                channel.pipeline()
                        .addLast(new HttpServerCodec(new HttpDecoderConfig()
                                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                                .setMaxHeaderSize(MAX_HEADER_BYTES)))
                        .addLast(new ExchangeHandler(exchanges));
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            // A scanner or a wrong certificate; the peer was told by a TLS alert.
            context.close();
        }
    }

    private final class StreamSetup extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            stream.pipeline()
                    .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                    .addLast(new ExchangeHandler(exchanges));
        }
    }

    private static @Nullable PeerCertificate peer(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            Optional<PeerCertificate> peer = chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? PeerCertificate.of(leaf)
                    : Optional.empty();
            return peer.orElse(null);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
