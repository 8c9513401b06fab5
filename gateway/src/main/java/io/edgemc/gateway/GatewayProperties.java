package io.edgemc.gateway;

import io.edgemc.gateway.limit.UserLimits.Limits;
import io.edgemc.gateway.request.Service;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gateway's settings, {@code edge-mc.gateway.*}.
 *
 * @param services where the services are
 * @param tokensFile bearer tokens, hashed; mode 0600
 * @param adminGroups groups that are platform admins without a grant
 * @param maxBody of a request
 * @param requestTimeout until a service begins to answer
 * @param maxConcurrent calls of one service at a time, without streams
 * @param perUser limits for each user
 * @param streams open streams (watches) of all users together; 0 = as many as half of the heap has room for
 * @param tls certificate and key, PEM; without them the gateway speaks plain HTTP, for tests behind another door
 * @param auditDir where the audit log is kept
 */
@ConfigurationProperties("edge-mc.gateway")
public record GatewayProperties(
        Services services,
        Path tokensFile,
        @DefaultValue("edge-mc:admins") Set<String> adminGroups,
        @DefaultValue("10MB") DataSize maxBody,
        @DefaultValue("30s") Duration requestTimeout,
        @DefaultValue("1024") int maxConcurrent,
        @DefaultValue PerUser perUser,
        @DefaultValue("0") int streams,
        @Nullable Tls tls,
        @DefaultValue("logs") Path auditDir,
        @DefaultValue Audit audit) {

    /** What an open stream holds, with TLS and the connection behind it; measured: ADR 14. In bytes. */
    private static final long STREAM_BYTES = 200 << 10;

    /** Open streams of all users together. */
    public int allStreams() {
        long room = Runtime.getRuntime().maxMemory() / 2 / STREAM_BYTES;
        return streams > 0 ? streams : (int) Math.min(Integer.MAX_VALUE, Math.max(1, room));
    }

    /** Addresses of the form {@code http://host:port}; a service without one is not served. */
    public record Services(
            @Nullable URI placement,
            @Nullable URI mailbox,
            @Nullable URI summarizer,
            @Nullable URI c2p) {

        public Map<Service, URI> byService() {
            Map<Service, URI> all = new EnumMap<>(Service.class);
            put(all, Service.PLACEMENT, placement);
            put(all, Service.MAILBOX, mailbox);
            put(all, Service.SUMMARIZER, summarizer);
            put(all, Service.C2P, c2p);
            return all;
        }

        private static void put(Map<Service, URI> all, Service service, @Nullable URI uri) {
            if (uri != null) {
                all.put(service, uri);
            }
        }

        /** The one that the gateway itself needs. */
        public URI requirePlacement() {
            URI uri = placement;
            if (uri == null) {
                throw new IllegalArgumentException("edge-mc.gateway.services.placement is missing");
            }
            return uri;
        }
    }

    /** See {@link Limits}. */
    public record PerUser(
            @DefaultValue("512") int inFlight,
            @DefaultValue("2000") int streams,
            @DefaultValue("10000") int perSecond) {
        public Limits limits() {
            return new Limits(inFlight, streams, perSecond);
        }
    }

    /** Files in PEM; the certificate with its chain. */
    public record Tls(Path certificate, Path key) {}

    /** How much is kept of the audit log: so many full files of that size. */
    public record Audit(
            @DefaultValue("64MB") DataSize maxSize,
            @DefaultValue("10") int keep) {}
}
