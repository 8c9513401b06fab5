package io.edgemc.kube.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What compares transcripts: suites that see no difference would pass everything. */
class TranscriptTest {
    private static final Transcript REFERENCE = Transcript.read("""
            ## one
            a
            b
            ## two
            UNEXPECTED: nobody thought of it
            ## three
            """);

    @Test
    void aTranscriptIsReadByScenarios() {
        assertThat(REFERENCE.scenarios())
                .containsEntry("one", "a\nb\n")
                .containsEntry("three", "")
                .hasSize(3);
    }

    @Test
    void whatItsAuthorDidNotThinkOfFailsAlsoIfBothSidesSayIt() {
        assertThat(REFERENCE.wentAsThought("one")).isTrue();
        assertThat(REFERENCE.wentAsThought("two")).isFalse();
        assertThat(REFERENCE.wentAsThought("three")).isFalse();
        assertThat(REFERENCE.wentAsThought("absent")).isFalse();
    }

    @Test
    void everyLineOfAScenarioCounts() {
        assertThatCode(() -> check(null, "a\nb\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(null, "a\nc\n"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("reference 'b', space 'c'");
        assertThatThrownBy(() -> check(null, "a\n")).isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void aDeclaredDifferenceCoversItsLinesAloneAndMustBeThere() {
        Declared declared = new Declared("it should", List.of("^[bc]$"));

        assertThatCode(() -> check(declared, "a\nc\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(declared, "x\nc\n")).isInstanceOf(AssertionFailedError.class);
        assertThatThrownBy(() -> check(declared, "a\nb\n")).hasMessageContaining("does not differ any more");
    }

    @Test
    void anAbsentClientIsToldAndWhereItMustNotBeAbsentItFails() {
        ServerFailure absent = new ServerFailure(Reason.BINARIES_MISSING, "it is not there");

        var result = ClientsExtension.evaluate("a suite", false, () -> {
            throw absent;
        });

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).contains("it is not there");
        assertThatThrownBy(() -> ClientsExtension.evaluate("a suite", true, () -> {
                    throw absent;
                }))
                .isSameAs(absent);
    }

    private static void check(@Nullable Declared declared, String space) throws IOException {
        Transcript other = Transcript.read("## one\n" + space);
        Differences.check("transcript-test/one", declared, REFERENCE.outcome("one"), other.outcome("one"));
    }
}
