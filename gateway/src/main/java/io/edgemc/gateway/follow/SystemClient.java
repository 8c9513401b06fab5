package io.edgemc.gateway.follow;

import io.edgemc.api.json.ApiJson;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.gateway.request.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads {@code /system} of placement-service, in the gateway's own name. */
public final class SystemClient {
    private static final String USER = "system:gateway";
    private static final String GROUP_VERSION = "/system/apis/edge-mc.io/v1alpha1/";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** A watch that hangs without a sign is replaced after this. */
    private static final int WATCH_SECONDS = 300;

    private static final int GONE = 410;

    private final HttpClient http;
    private final URI placement;
    private final IdentitySigner signer;

    public SystemClient(HttpClient http, URI placement, IdentitySigner signer) {
        this.http = http;
        this.placement = placement;
        this.signer = signer;
    }

    JsonNode list(String resource) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(request(GROUP_VERSION + resource).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("list of " + resource + " answered " + response.statusCode());
        }
        return parse(response.body());
    }

    /**
     * Reads changes until the stream ends or the receiver has enough.
     *
     * @return whether a later watch can go on from the last change
     */
    boolean watch(String resource, long from, Predicate<JsonNode> receiver) throws IOException, InterruptedException {
        String query =
                "?watch=true&allowWatchBookmarks=true&resourceVersion=" + from + "&timeoutSeconds=" + WATCH_SECONDS;
        HttpResponse<InputStream> response =
                http.send(request(GROUP_VERSION + resource + query).build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() == GONE) {
                return false;
            }
            if (response.statusCode() != 200) {
                throw new IOException("watch of " + resource + " answered " + response.statusCode());
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !receiver.test(parse(line.getBytes(StandardCharsets.UTF_8)))) {
                    return false;
                }
            }
            return true;
        }
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        String identity = signer.sign(
                USER,
                Set.of(),
                Set.of(Role.PLATFORM_ADMIN),
                UUID.randomUUID().toString(),
                Service.PLACEMENT.audience());
        return HttpRequest.newBuilder(placement.resolve(pathAndQuery))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header(IdentitySigner.HEADER, identity);
    }

    private static JsonNode parse(byte[] json) throws IOException {
        try {
            return ApiJson.MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IOException("placement-service answered something that is not JSON", e);
        }
    }
}
