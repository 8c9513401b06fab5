package io.edgemc.summarizer.service;

import io.edgemc.api.json.ApiJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads server-sent events as a browser would. */
final class EventReader implements AutoCloseable {
    private final BufferedReader lines;

    EventReader(HttpResponse<InputStream> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError("no event stream but " + response.statusCode());
        }
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    record Event(String id, String type, JsonNode data) {}

    /** All events up to one that is wanted, that one included. */
    List<Event> until(Predicate<Event> wanted) {
        List<Event> events = new ArrayList<>();
        do {
            events.add(next());
        } while (!wanted.test(events.getLast()));
        return events;
    }

    private Event next() {
        String id = "";
        String type = "";
        String data = "";
        try {
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !type.isEmpty()) {
                    return new Event(id, type, ApiJson.MAPPER.readTree(data));
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the stream has ended");
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
