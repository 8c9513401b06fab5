package io.edgemc.syncer.kube;

import io.edgemc.syncer.http.Lines;
import io.edgemc.syncer.life.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists and then watches one resource for ever: pages are parsed item by item as they stream in, a watch that ends is resumed
 * where it ended, and one that is too old is listed again. Runs on a thread of its own until that is interrupted.
 */
public final class Follower implements Runnable {
    private static final int PAGE = 250;
    private static final int WATCH_SECONDS = 300;
    private static final int MAX_EVENT = 16 * 1024 * 1024;
    private static final Duration LIST_SILENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY = Duration.ofMillis(300);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final String OBJECTS = "application/json";
    private static final String METADATA = "application/json;as=PartialObjectMetadata";
    private static final String METADATA_LIST = "application/json;as=PartialObjectMetadataList";
    private static final String META_V1 = ";g=meta.k8s.io;v=v1";

    private final KubeClient client;
    private final ResourceType type;
    private final boolean metadataOnly;
    private final ObjectSink sink;
    private final RandomGenerator random;
    private final StopSignal stop;

    /** @param metadataOnly whether objects without their spec and status are enough */
    public Follower(
            KubeClient client,
            ResourceType type,
            boolean metadataOnly,
            ObjectSink sink,
            RandomGenerator random,
            StopSignal stop) {
        this.client = client;
        this.type = type;
        this.metadataOnly = metadataOnly;
        this.sink = sink;
        this.random = random;
        this.stop = stop;
    }

    @Override
    public void run() {
        Duration retry = FIRST_RETRY;
        String version = null;
        while (!stop.isStopped()) {
            try {
                if (version == null) {
                    version = list();
                }
                version = watch(version);
                retry = FIRST_RETRY;
            } catch (InterruptedIOException e) {
                return;
            } catch (IOException | RuntimeException e) {
                if (e instanceof KubeException refused) {
                    version = null;
                    if (refused.status() == 410) {
                        continue;
                    }
                }
                sink.failed(e);
                if (!pause(retry)) {
                    return;
                }
                retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
            }
        }
    }

    /** False when it is time to end. */
    private boolean pause(Duration about) {
        long half = about.toMillis() / 2;
        return !stop.await(Duration.ofMillis(half + random.nextLong(half + 1)));
    }

    private String list() throws IOException {
        sink.listBegins();
        ListPage page = new ListPage("", "");
        do {
            String next =
                    page.next().isEmpty() ? "" : "&continue=" + URLEncoder.encode(page.next(), StandardCharsets.UTF_8);
            String accept = metadataOnly ? METADATA_LIST + META_V1 : OBJECTS;
            try (InputStream body = client.stream(type.path() + "?limit=" + PAGE + next, accept, LIST_SILENCE)) {
                page = readPage(body);
            }
        } while (!page.next().isEmpty());
        sink.listEnds(page.version());
        return page.version();
    }

    private record ListPage(String version, String next) {}

    private ListPage readPage(InputStream body) throws IOException {
        ListPage page = new ListPage("", "");
        try (JsonParser parser = KubeClient.MAPPER.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata")) {
                    JsonNode metadata = KubeClient.MAPPER.readTree(parser);
                    page = new ListPage(
                            metadata.path("resourceVersion").asString(""),
                            metadata.path("continue").asString(""));
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        item(KubeClient.MAPPER.readTree(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("a list of " + type.groupResource() + " does not parse", e);
        }
        if (page.version().isEmpty()) {
            throw new IOException("a list of " + type.groupResource() + " was cut off");
        }
        return page;
    }

    private void item(JsonNode item) {
        JsonNode metadata = item.path("metadata");
        if (item instanceof ObjectNode object
                && sink.wants(
                        metadata.path("namespace").asString(""),
                        metadata.path("name").asString(""))) {
            sink.present(named(object));
        }
    }

    /** Items of a list of a built-in kind say neither version nor kind. */
    private ObjectNode named(ObjectNode object) {
        object.put("apiVersion", type.apiVersion());
        object.put("kind", type.kind());
        return object;
    }

    /** Until the server ends it; returns where it ended. */
    private String watch(String from) throws IOException {
        String version = from;
        // Ends at different times for different watches, so that they do not come back in step.
        int seconds = WATCH_SECONDS + random.nextInt(WATCH_SECONDS);
        String path = type.path() + "?watch=true&allowWatchBookmarks=true&resourceVersion=" + from + "&timeoutSeconds="
                + seconds;
        String accept = metadataOnly ? METADATA + META_V1 : OBJECTS;
        try (Lines lines = new Lines(client.stream(path, accept, Duration.ofSeconds(seconds + 30L)), MAX_EVENT)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                String seen = event(line);
                version = seen == null ? version : seen;
            }
        } catch (JacksonException e) {
            throw new IOException("an event of " + type.groupResource() + " does not parse", e);
        }
        return version;
    }

    private @Nullable String event(byte[] line) throws IOException {
        KeyPeek peek = KeyPeek.of(KubeClient.MAPPER, line);
        boolean ofObject = !peek.type().equals("BOOKMARK") && !peek.type().equals("ERROR");
        if (ofObject && !sink.wants(peek.namespace(), peek.name())) {
            return null;
        }
        if (!(KubeClient.MAPPER.readTree(line).path("object") instanceof ObjectNode object)) {
            return null;
        }
        switch (peek.type()) {
            case "ERROR" -> throw new KubeWatchError(object).asException();
            case "DELETED" -> sink.gone(named(object));
            case "ADDED", "MODIFIED" -> sink.present(named(object));
            default -> {
                // A bookmark only moves the version on.
            }
        }
        return object.path("metadata").path("resourceVersion").asString("");
    }

    private record KubeWatchError(ObjectNode status) {
        KubeException asException() {
            return KubeClient.refusal(
                    status.path("code").asInt(500), status.toString().getBytes(StandardCharsets.UTF_8), null);
        }
    }
}
