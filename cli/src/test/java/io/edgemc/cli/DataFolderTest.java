package io.edgemc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.stack.HubDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"logs/app.log", "keys/id_rsa", "pg/dump.sql", "notes.txt", "work/thesis.tex"})
    void aFolderOfSomebodyElseIsNotOurs(String file) throws IOException {
        // Given a folder with things that people have
        write(folder.resolve(file));
        // When it is looked at
        // Then it is not taken for ours, whatever its parts are called
        assertThat(DataFolder.hubsIn(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner.lock", "keys/keyring"})
    void whatAStartLeavesShowsThatItIsOurs(String file) throws IOException {
        write(folder.resolve(file));
        write(folder.resolve("pg/data/PG_VERSION"));
        assertThat(DataFolder.hubsIn(folder))
                .hasValueSatisfying(hubs -> assertThat(hubs).containsExactly(new HubDirectory(folder)));
    }

    @Test
    void whatADemoLeftIsFoundInsideAndStoppedToo() throws IOException {
        // Given a hub of one's own, and the one of a demo that was kept
        write(folder.resolve("owner.lock"));
        write(folder.resolve("demo-a/owner.lock"));
        // When the folder is looked at
        // Then both are there
        assertThat(DataFolder.hubsIn(folder))
                .hasValueSatisfying(hubs -> assertThat(hubs)
                        .containsExactlyInAnyOrder(
                                new HubDirectory(folder), new HubDirectory(folder.resolve("demo-a"))));
    }

    @Test
    void aFolderWithNothingButDemosIsOurs() throws IOException {
        write(folder.resolve("demo-a/owner.lock"));
        write(folder.resolve("bench-s7/keys/keyring"));
        assertThat(DataFolder.hubsIn(folder))
                .hasValueSatisfying(hubs -> assertThat(hubs).hasSize(2));
    }

    @Test
    void anEmptyFolderMayGo() {
        assertThat(DataFolder.hubsIn(folder))
                .hasValueSatisfying(hubs -> assertThat(hubs).isEmpty());
    }

    @Test
    void linksToDataAreNotData() throws IOException {
        // Given a link to a hub's folder elsewhere
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        write(elsewhere.resolve("owner.lock"));
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("demo-a"), elsewhere);
        // When the folder with the link is looked at
        // Then it is not one of ours
        assertThat(DataFolder.hubsIn(links)).isEmpty();
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
