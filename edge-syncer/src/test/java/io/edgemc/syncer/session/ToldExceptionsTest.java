package io.edgemc.syncer.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ToldExceptionsTest {
    @Test
    void fewAreAllListedByKey() {
        List<ObjectException> all = exceptions(3, "no");
        Collections.reverse(all);

        ToldExceptions told = ToldExceptions.of(all);

        assertThat(told.listed()).containsExactlyElementsOf(exceptions(3, "no"));
        assertThat(told.more()).isNull();
    }

    @Test
    void ofTooManyTheFirstAreListedAndTheOthersCounted() {
        ToldExceptions told = ToldExceptions.of(exceptions(AppliedReport.MAX_EXCEPTIONS + 7, "no"));

        assertThat(told.listed()).containsExactlyElementsOf(exceptions(AppliedReport.MAX_EXCEPTIONS, "no"));
        assertThat(told.more()).isEqualTo(7);
    }

    @Test
    void whatIsTooLargeIsCutByItsBytes() {
        ToldExceptions told = ToldExceptions.of(exceptions(9_000, "ß".repeat(500)));

        assertThat(told.listed()).hasSizeBetween(1_000, 3_000);
        assertThat(told.more()).isEqualTo(9_000 - told.listed().size());
    }

    private static List<ObjectException> exceptions(int count, String message) {
        List<ObjectException> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new ObjectException(
                    new ObjectKey("", "configmaps", "shop", String.format("a%06d", i)),
                    "forbidden",
                    message,
                    true,
                    null,
                    "2026-01-01T00:00:00Z"));
        }
        return all;
    }
}
