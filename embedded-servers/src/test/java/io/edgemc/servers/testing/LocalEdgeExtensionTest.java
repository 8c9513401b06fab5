package io.edgemc.servers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.kube.KubeBinaries;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEdgeExtensionTest {
    @TempDir
    Path empty;

    @Test
    void skipsWithTheReasonWhereTheProgramsAreAbsent() {
        var result = LocalEdgeExtension.evaluate("a test", false, () -> KubeBinaries.in(empty));

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason().orElseThrow()).contains("tools/kube-testenv/build");
    }

    @Test
    void failsWhereTheyAreAbsentAndMustNotBe() {
        assertThatThrownBy(() -> LocalEdgeExtension.evaluate("a test", true, () -> KubeBinaries.in(empty)))
                .isInstanceOfSatisfying(
                        ServerFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("server.binaries-missing"));
    }
}
