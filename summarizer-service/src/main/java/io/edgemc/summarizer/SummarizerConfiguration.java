package io.edgemc.summarizer;

import io.edgemc.api.event.Topics;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.definition.BuiltInDefinitions;
import io.edgemc.summarizer.expression.PathExpressions;
import io.edgemc.summarizer.rows.RowFeeds;
import io.edgemc.summarizer.rows.RowIndex;
import io.edgemc.summarizer.rows.RowQueries;
import io.edgemc.summarizer.stream.StreamMetrics;
import io.edgemc.summarizer.stream.SummaryStream;
import io.edgemc.summarizer.wire.SummarizerTopics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together. */
@Configuration(proxyBeanMethods = false)
class SummarizerConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    DefinitionSet definitions(MeterRegistry meters) {
        return new DefinitionSet(
                BuiltInDefinitions.all(),
                new PathExpressions(),
                (summary, column, failure) -> Counter.builder("edgemc.summaries.rows.failed")
                        .description("Rows left out because an expression failed")
                        .tag("summary", summary)
                        .tag("column", column)
                        .register(meters)
                        .increment());
    }

    @Bean
    SummaryStream summaryStream(
            SummarizerProperties properties,
            BusSettings bus,
            DefinitionSet definitions,
            MeterRegistry meters,
            Clock clock) {
        SummaryStream stream =
                SummaryStream.create(properties.stream(), bus, SummarizerTopics.ofBus(), definitions, meters, clock);
        StreamMetrics.bind(stream, meters);
        return stream;
    }

    @Bean
    RowIndex rowIndex(MeterRegistry meters) {
        RowIndex index = new RowIndex();
        Gauge.builder("edgemc.summaries.rows", index, RowIndex::size)
                .description("Rows of all summaries")
                .register(meters);
        return index;
    }

    @Bean
    EventConsumer rowReader(EventConsumers consumers, RowIndex index) {
        return consumers.consumer(Subscription.replayed("summarizer-rows", Topics.SUMMARIES.topic()), index);
    }

    @Bean
    RowQueries rowQueries(RowIndex index) {
        return new RowQueries(index);
    }

    @Bean
    RowFeeds rowFeeds(RowIndex index, Clock clock, SummarizerProperties properties, MeterRegistry meters) {
        RowFeeds feeds = new RowFeeds(index, clock, properties.maxEventStreams());
        Gauge.builder("edgemc.summaries.streams", feeds, RowFeeds::openFeeds)
                .description("Open event streams")
                .register(meters);
        return feeds;
    }
}
