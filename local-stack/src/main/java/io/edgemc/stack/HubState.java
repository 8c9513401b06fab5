package io.edgemc.stack;

import io.edgemc.servers.process.PidFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running hub says of itself in its {@code hub.json}.
 *
 * @param pid process of the hub
 * @param started when that process started, by which it is told from a later one with the same pid
 * @param urls addresses by name: {@code gateway}, {@code agents}, {@code kafka}, {@code postgres} and each service
 */
public record HubState(long pid, Instant started, Map<String, String> urls) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public HubState {
        Objects.requireNonNull(started, "started");
        urls = Map.copyOf(urls);
    }

    /** Of a hub in this process. */
    static HubState ofThisProcess(Map<String, String> urls) {
        ProcessHandle self = ProcessHandle.current();
        return new HubState(self.pid(), self.info().startInstant().orElseThrow(), urls);
    }

    /** Reads the state of the hub of a directory; empty if there is none, or its process is gone. */
    public static Optional<HubState> read(HubDirectory directory) {
        try {
            HubState state =
                    MAPPER.readValue(Files.readString(directory.state(), StandardCharsets.UTF_8), HubState.class);
            return PidFile.liveProcess(state.pid(), state.started()).map(process -> state);
        } catch (IOException | JacksonException e) {
            // No file, or one that a crash cut off: either way nothing runs that could be spoken to.
            return Optional.empty();
        }
    }

    /** The address of that name; throws {@link IllegalArgumentException} if there is none. */
    public String url(String name) {
        String url = urls.get(name);
        if (url == null) {
            throw new IllegalArgumentException("the hub has no address called " + name);
        }
        return url;
    }

    /** Writes the state in one step, so that a reader never sees half of it. */
    public void write(HubDirectory directory) throws IOException {
        Path draft = directory.root().resolve("hub.json.new");
        Files.writeString(draft, MAPPER.writeValueAsString(this), StandardCharsets.UTF_8);
        Files.move(draft, directory.state(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
