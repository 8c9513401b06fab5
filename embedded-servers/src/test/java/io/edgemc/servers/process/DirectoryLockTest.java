package io.edgemc.servers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    Path folder;

    /** Takes a lock and keeps it until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            DirectoryLock.take(Path.of(arguments[0]));
            System.out.println("taken");
            Thread.currentThread().join();
        }
    }

    @Test
    void isOfOneJvmUntilThatEnds() throws Exception {
        // Given
        Path data = folder.resolve("data");
        try (ChildJvm holder = ChildJvm.start(Holder.class, folder.resolve("errors"), data.toString())) {
            holder.next("taken");
            assertThat(DirectoryLock.tryTake(data)).isEmpty();

            // When
            holder.kill("");
        }

        // Then
        assertThat(DirectoryLock.tryTake(data)).isPresent();
    }

    @Test
    void aFailedSecondAttemptInThisJvmLeavesTheFirstInForce() throws Exception {
        // Given
        Path data = folder.resolve("data");
        DirectoryLock first = DirectoryLock.take(data);

        // When
        assertThatThrownBy(() -> DirectoryLock.take(data))
                .isInstanceOfSatisfying(
                        ServerFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ServerFailure.Reason.DIRECTORY_IN_USE));

        // Then
        assertThat(DirectoryLock.tryTake(data)).isEmpty();
        first.close();
        DirectoryLock.take(data).close();
    }

    @Test
    void theDirectoryIsForItsOwnerOnly() throws Exception {
        Path data = folder.resolve("deep/data");

        DirectoryLock.take(data).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileInItsPlaceIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a directory");

        assertThatThrownBy(() -> DirectoryLock.take(file))
                .isInstanceOfSatisfying(
                        ServerFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("server.directory-unusable"));
    }
}
