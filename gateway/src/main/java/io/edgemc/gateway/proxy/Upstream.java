package io.edgemc.gateway.proxy;

import io.edgemc.gateway.request.Service;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.time.Duration;

/**
 * A service as the gateway sees it: where it is, and whether it is worth asking. When half of the last calls found nobody,
 * it is left alone for a second and then tried again. A service's own error answers are no failures of the call.
 */
record Upstream(Service service, String base, CircuitBreaker breaker, Bulkhead places) {
    static Upstream of(
            Service service, URI uri, CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, int maxConcurrent) {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("the address of " + service.audience()
                    + " is not of the form http://host:port: set edge-mc.gateway.services");
        }
        CircuitBreaker breaker = breakers.circuitBreaker(
                service.audience(),
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(1))
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
        Bulkhead places = bulkheads.bulkhead(
                service.audience(),
                BulkheadConfig.custom()
                        .maxConcurrentCalls(maxConcurrent)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        return new Upstream(service, "http://" + uri.getAuthority(), breaker, places);
    }
}
