package io.edgemc.mailbox.testing;

import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** Calls the service as the gateway does, for somebody with these roles. */
public final class TestGateway {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Set<Role> roles;

    public TestGateway(Role... roles) {
        this.roles = Set.of(roles);
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpRequest.Builder request(String path) {
        IdentitySigner signer =
                new IdentitySigner(IdentityKeys.load(TestHub.shared().folder().resolve("door.key")), Clock.systemUTC());
        return HttpRequest.newBuilder(URI.create(TestHub.shared().serviceUrl() + path))
                .header(
                        IdentitySigner.HEADER,
                        signer.sign("tester", Set.of(), roles, UUID.randomUUID().toString(), "mailbox-service"));
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
