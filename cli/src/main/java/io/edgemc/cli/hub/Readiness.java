package io.edgemc.cli.hub;

import io.edgemc.cli.CommandFailure;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubService;
import io.edgemc.stack.HubState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Asks the services of a running hub whether they are ready. */
public final class Readiness {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private Readiness() {}

    /** The services that are not ready, each with why; empty if all are. All are asked at the same time, 3 s at most. */
    public static SortedMap<String, String> notReady(HubDirectory directory, HubState hub) {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(HubApi.trusting(directory))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            SortedMap<String, CompletableFuture<String>> asked = new TreeMap<>();
            for (String service : HubService.labels()) {
                asked.put(service, ask(client, service, hub.url(service)));
            }
            SortedMap<String, String> notReady = new TreeMap<>();
            asked.forEach((service, answer) -> {
                String why = answer.join();
                if (!why.isEmpty()) {
                    notReady.put(service, why);
                }
            });
            return notReady;
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailure("the hub's certificate in " + directory.root() + " cannot be read: " + e, e);
        }
    }

    /** Empty if it is ready, else why not. */
    private static CompletableFuture<String> ask(HttpClient client, String service, String url) {
        // The gateway's own door is shut for everything that is not Kubernetes-shaped.
        String path = service.equals("gateway") ? "/readyz" : "/actuator/health/readiness";
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode() == 200
                        ? ""
                        : answer.statusCode() + " " + answer.body().strip())
                .exceptionally(failure -> "does not answer: " + failure.getMessage());
    }
}
