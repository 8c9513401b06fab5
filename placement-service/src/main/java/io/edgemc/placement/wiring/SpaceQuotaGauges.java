package io.edgemc.placement.wiring;

import io.edgemc.placement.rest.HubViews;
import io.edgemc.placement.space.SpaceEngine;
import io.edgemc.placement.space.Usage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;
import org.springframework.context.annotation.Configuration;

/** How full the fullest space is, by limit: one number for all spaces, so that the number of series does not grow with theirs. */
@Configuration(proxyBeanMethods = false)
class SpaceQuotaGauges {
    SpaceQuotaGauges(SpaceEngine engine, HubViews views, SpaceQuotaSettings quota, MeterRegistry meters) {
        gauge(meters, "objects", engine, one -> most(one, Usage::objects) / (double) quota.objects());
        gauge(
                meters,
                "size",
                engine,
                one -> most(one, Usage::bytes) / (double) quota.size().toBytes());
        gauge(meters, "watches", views, all -> all.mostWatches() / (double) quota.watches());
        gauge(meters, "requests", views, all -> all.mostRequests() / (double) quota.requests());
    }

    private static long most(SpaceEngine engine, ToLongFunction<Usage> what) {
        return engine.model().usagesOfSpaces().mapToLong(what).max().orElse(0);
    }

    private static <T> void gauge(
            MeterRegistry meters, String limit, T from, java.util.function.ToDoubleFunction<T> value) {
        Gauge.builder("edgemc.space.fill", from, value)
                .description("How much of this limit the fullest space uses, 0 to 1")
                .tag("limit", limit)
                .register(meters);
    }
}
