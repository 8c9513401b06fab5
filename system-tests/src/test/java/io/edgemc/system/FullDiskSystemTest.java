package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.stack.HubDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under a running hub becomes full: it is said, and nothing that was acknowledged is lost. A write that was refused then may
 * have been carried out all the same, as with every answer that does not come.
 */
@Tag("slow")
@Tag("long")
class FullDiskSystemTest {
    private static final String PAGES = "/spaces/shop/api/v1/namespaces/default/configmaps";
    private static final int MEGABYTES = 700;
    private static final int ATTEMPTS = 5_000;

    @TempDir
    private Path scratch;

    @Test
    void aFullDiskIsSaidAndLosesNothing() throws Exception {
        Path data = Files.createDirectories(scratch.resolve("data"));
        EdgeMc edgeMc = new EdgeMc(data, Files.createDirectories(scratch.resolve("outputs")));
        HubDirectory directory = new HubDirectory(data);
        try (SmallDisk disk = SmallDisk.on(data, MEGABYTES)) {
            try {
                // Given a hub with a space
                edgeMc.ok("up", "--port", "0");
                edgeMc.ok("space", "create", "shop");
                List<String> acknowledged = new ArrayList<>();
                try (HubApi api = HubApi.of(new Workspace(EdgeMc.HOME, directory).hub())) {
                    assertThat(write(api, "before", acknowledged)).isEmpty();
                    // When its disk becomes full, and people go on writing
                    disk.fill();
                    OptionalInt refused = writeUntilRefused(api, acknowledged);
                    // Then at some time they are refused for now (or the hub is gone), never by a defect
                    refused.ifPresent(status -> assertThat(status).isIn(502, 503, 504));
                }
                // And it is said why
                assertThat(edgeMc.ok("status")).contains("is full", "Make room");
                // When it is started again without having made room
                edgeMc.run("down");
                // Then that is refused, with the reason
                assertThat(edgeMc.refused("up", "--port", "0")).contains("is full", "Make room");
                // When there is room again
                disk.makeRoom();
                assertThat(edgeMc.ok("status")).doesNotContain("is full");
                edgeMc.ok("up", "--port", "0");
                // Then all that was acknowledged is there, and writes are accepted
                try (HubApi api = HubApi.of(new Workspace(EdgeMc.HOME, directory).hub())) {
                    assertThat(acknowledged)
                            .allSatisfy(name -> assertThat(
                                            api.get(PAGES + "/" + name).status())
                                    .as(name)
                                    .isEqualTo(200));
                    assertThat(write(api, "after", acknowledged)).isEmpty();
                }
            } finally {
                edgeMc.run("down");
            }
        }
    }

    /** The status of the first write that was refused; empty if the hub was gone before. */
    private static OptionalInt writeUntilRefused(HubApi api, List<String> acknowledged) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                OptionalInt refused = write(api, "page-" + attempt, acknowledged);
                if (refused.isPresent()) {
                    return refused;
                }
            } catch (CommandFailure gone) {
                return OptionalInt.empty();
            }
        }
        throw new AssertionError(ATTEMPTS + " writes were accepted on a full disk");
    }

    /** The status of a write that was refused; one that was accepted is noted. */
    private static OptionalInt write(HubApi api, String name, List<String> acknowledged) {
        HubApi.Answer answer = api.post(
                PAGES,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                        + "\"},\"data\":{\"text\":\"" + "x".repeat(20_000) + "\"}}");
        if (!answer.succeeded()) {
            return OptionalInt.of(answer.status());
        }
        acknowledged.add(name);
        return OptionalInt.empty();
    }
}
