package io.edgemc.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrowAwayTest {
    @TempDir
    private Path folder;

    private HubDirectory directory = new HubDirectory(Path.of("unset"));

    @BeforeEach
    void aFolderAsAStartFindsIt() throws IOException {
        directory = new HubDirectory(folder.resolve("hub"));
        Files.createDirectories(directory.logs());
        Files.createFile(directory.lock());
    }

    @ParameterizedTest
    @CsvSource({
        "durable,   unmarked, empty, NOTHING",
        "durable,   unmarked, data,  NOTHING",
        "durable,   marked,   empty, UNMARK",
        "durable,   marked,   data,  REFUSE_TO_KEEP",
        "ephemeral, unmarked, empty, MARK",
        "ephemeral, unmarked, data,  REFUSE_TO_THROW_AWAY",
        "ephemeral, marked,   empty, NOTHING",
        "ephemeral, marked,   data,  NOTHING",
    })
    void aFolderStaysOfOneSort(String hub, String mark, String content, ThrowAway.Step expected) {
        assertThat(ThrowAway.decide(hub.equals("durable"), mark.equals("marked"), content.equals("data")))
                .isEqualTo(expected);
    }

    @Test
    void dataThatStaysIsNeverMarked() throws IOException {
        // Given the data of a durable hub
        ThrowAway.settle(directory, true);
        Files.createDirectories(directory.postgres());
        // When an ephemeral one is to start on it
        // Then it is refused, and nothing says that the data may go
        assertThatThrownBy(() -> ThrowAway.settle(directory, false))
                .isInstanceOfSatisfying(
                        ServerFailure.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE))
                .hasMessageContaining("--ephemeral");
        assertThat(directory.ephemeralMark()).doesNotExist();
    }

    @Test
    void theMarkIsThereBeforeAnyData() throws IOException {
        // Given a fresh folder
        // When an ephemeral hub begins to start, and is killed
        ThrowAway.settle(directory, false);
        assertThat(directory.ephemeralMark()).exists();
        Files.createDirectories(directory.kafka());
        // Then a durable one does not take its data for its own, and an ephemeral one goes on
        assertThatThrownBy(() -> ThrowAway.settle(directory, true))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("edge-mc down");
        ThrowAway.settle(directory, false);
        assertThat(directory.ephemeralMark()).exists();
    }

    @Test
    void aMarkWithoutDataDoesNotOutliveADurableStart() throws IOException {
        // Given an ephemeral hub that stored nothing
        ThrowAway.settle(directory, false);
        // When a durable one starts
        ThrowAway.settle(directory, true);
        // Then what it stores stays
        assertThat(directory.ephemeralMark()).doesNotExist();
    }

    @Test
    void filesOfSomebodyElseAreDataToo() throws IOException {
        Files.writeString(directory.root().resolve("thesis.tex"), "years of work");
        assertThatThrownBy(() -> ThrowAway.settle(directory, false)).isInstanceOf(ServerFailure.class);
    }
}
