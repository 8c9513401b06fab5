package io.edgemc.gateway.proxy;

import io.edgemc.door.IdentitySigner;
import io.edgemc.door.spring.EndlessAnswers;
import io.edgemc.door.tomcat.ClientConnection;
import io.edgemc.door.tomcat.SmallBuffers;
import io.edgemc.gateway.GatewayProperties;
import io.edgemc.gateway.answer.StatusReportValve;
import io.edgemc.gateway.entry.Passage;
import io.edgemc.gateway.follow.SystemFollower;
import io.edgemc.gateway.request.Service;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Routes to the services, and the way there. */
@Configuration(proxyBeanMethods = false)
public class ProxyConfiguration {
    private static final Logger log = LoggerFactory.getLogger(ProxyConfiguration.class);

    /** HTTP/1.1 with connections kept; virtual threads, because it only waits. */
    @Bean
    HttpClient upstreamHttpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Bean
    OpenStreams openStreams() {
        return new OpenStreams();
    }

    @Bean
    EndlessAnswers endlessAnswers(OpenStreams streams) {
        return new EndlessAnswers(streams::end);
    }

    @Bean
    UpstreamExchange upstreamExchange(
            HttpClient http,
            GatewayProperties properties,
            IdentitySigner signer,
            MeterRegistry meters,
            SystemFollower follower,
            OpenStreams streams) {
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        BulkheadRegistry places = BulkheadRegistry.ofDefaults();
        Map<Service, Upstream> upstreams = new EnumMap<>(Service.class);
        properties.services().byService().forEach((service, uri) -> {
            upstreams.put(service, Upstream.of(service, uri, breakers, places, properties.maxConcurrent()));
        });
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(places).bindTo(meters);
        return new UpstreamExchange(
                http,
                upstreams,
                signer,
                properties.requestTimeout(),
                properties.maxBody().toBytes(),
                () -> catchUp(follower),
                streams);
    }

    /** Whoever makes a space uses it next: the gateway knows it before the answer is out. */
    private static void catchUp(SystemFollower follower) {
        try {
            follower.refresh();
        } catch (IOException e) {
            log.warn("A change of /system is not known yet, the watch will tell: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One route per service; which request belongs to which was found when it was let in. */
    @Bean
    RouterFunction<ServerResponse> serviceRoutes(GatewayProperties properties, UpstreamExchange exchange) {
        return properties.services().byService().keySet().stream()
                .map(service -> route(service, exchange))
                .reduce(RouterFunction::and)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no service behind the gateway: set edge-mc.gateway.services"));
    }

    /** Not by the gateway's own handler: it reads parameters, and with them the body of a form. */
    private static RouterFunction<ServerResponse> route(Service service, UpstreamExchange exchange) {
        return GatewayRouterFunctions.route(service.audience())
                .route(
                        request -> Passage.isPresent(request.servletRequest())
                                && Passage.of(request.servletRequest())
                                                .addressed()
                                                .service()
                                        == service,
                        request -> exchange.carry(request.servletRequest()))
                .build();
    }

    @Bean
    SmallBuffers smallBuffers() {
        return new SmallBuffers();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> gatewayTomcat(GatewayProperties properties) {
        return factory -> {
            GatewayProperties.Tls tls = properties.tls();
            if (tls != null) {
                factory.setSsl(ssl(tls));
            }
            factory.addEngineValves(new ClientConnection.Valve());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(StatusReportValve.class.getName());
                }
            });
            factory.addConnectorCustomizers(connector -> {
                // They reach the gate, which refuses them with a reason.
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            });
        };
    }

    private static Ssl ssl(GatewayProperties.Tls tls) {
        Ssl ssl = new Ssl();
        ssl.setCertificate(tls.certificate().toUri().toString());
        ssl.setCertificatePrivateKey(tls.key().toUri().toString());
        ssl.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return ssl;
    }
}
