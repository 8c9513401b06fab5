package io.edgemc.placement;

import io.edgemc.api.json.ApiJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A client that watches as client-go does: it goes on from the last event that it saw, whatever ended its watch. */
final class SeenEvents {
    private static final long PAUSE_NANOS = 20_000_000;

    private final ServiceProcess service;
    private final String path;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile long last;
    private volatile int watches;

    SeenEvents(ServiceProcess service, String path, long from) {
        this.service = service;
        this.path = path;
        this.last = from;
    }

    /** Version, type and name of each, in order. */
    List<String> events() {
        return List.copyOf(events);
    }

    int watches() {
        return watches;
    }

    /** Watches until it sees this name, or an error event, which is the last of its events then. */
    void until(String name) {
        while (true) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    service.watch(path + "?watch=1&resourceVersion=" + last), StandardCharsets.UTF_8))) {
                watches++;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode event = ApiJson.MAPPER.readTree(line);
                    JsonNode object = event.path("object");
                    if (event.path("type").asString().equals("ERROR")) {
                        events.add("ERROR " + object.path("code").asInt());
                        return;
                    }
                    last = Long.parseLong(object.at("/metadata/resourceVersion").asString());
                    events.add(last + " " + event.path("type").asString() + " "
                            + object.at("/metadata/name").asString());
                    if (object.at("/metadata/name").asString().equals(name)) {
                        return;
                    }
                }
            } catch (IOException | UncheckedIOException | JacksonException cutOff) {
                // The process died, perhaps in the middle of a line.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
