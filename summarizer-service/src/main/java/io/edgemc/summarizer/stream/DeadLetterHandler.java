package io.edgemc.summarizer.stream;

import io.edgemc.summarizer.cluster.PoisonRecordException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Moves a record that can never be processed to the dead letters, in the same transaction in which its offset is committed, and
 * goes on with the next. Only what is the record's own fault counts: it cannot be read, or says what it may not say. Anything
 * else (a broken store, a fault of this program) ends the stream, because going on would lose a change.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls configure before anything else
public final class DeadLetterHandler implements DeserializationExceptionHandler, ProcessingExceptionHandler {
    /** Configuration that holds the {@link DeadLetterWriter}. */
    static final String WRITER = "edgemc.dead.letter.writer";

    private static final String INTERNAL = "-repartition";

    private DeadLetterWriter writer;

    @Override
    public void configure(Map<String, ?> configs) {
        if (!(configs.get(WRITER) instanceof DeadLetterWriter configured)) {
            throw new IllegalArgumentException(WRITER + " is missing");
        }
        writer = configured;
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        if (record.topic().endsWith(INTERNAL)) {
            return DeserializationExceptionHandler.Response.fail();
        }
        return DeserializationExceptionHandler.Response.resume(letter(context, failure));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (failure instanceof PoisonRecordException) {
            return ProcessingExceptionHandler.Response.resume(letter(context, failure));
        }
        return ProcessingExceptionHandler.Response.fail();
    }

    private List<ProducerRecord<byte[], byte[]>> letter(ErrorHandlerContext context, Exception failure) {
        String reason = failure.getMessage();
        return List.of(
                writer.letter(context, reason == null ? failure.getClass().getSimpleName() : reason));
    }
}
