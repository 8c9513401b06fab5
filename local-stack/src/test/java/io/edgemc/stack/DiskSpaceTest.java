package io.edgemc.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskSpaceTest {
    private static final long MB = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} MB less {1} bytes")
    @CsvSource({"0, 0, true", "127, 0, true", "128, 1, true", "128, 0, false", "100000, 0, false"})
    void lessThanTheDatabaseAndTheBrokerNeedIsFull(long megabytes, long bytes, boolean full) {
        assertThat(DiskSpace.complaint(folder, megabytes * MB - bytes, 1_000_000 * MB))
                .matches(complaint -> complaint.isPresent() == full);
    }

    @Test
    void theComplaintSaysWhatIsLeftAndWhatToDo() {
        assertThat(DiskSpace.complaint(folder, 5 * MB, 700 * MB))
                .hasValueSatisfying(complaint -> assertThat(complaint)
                        .contains(folder.toString(), "5 MB of 700 MB", "needs 128 MB", "Make room", "--data"));
    }

    @Test
    void aFolderThatIsNotThereYetIsOnTheDiskOfItsParent() throws Exception {
        assertThat(DiskSpace.complaint(folder.resolve("not/there"))).isEqualTo(DiskSpace.complaint(folder));
    }
}
