package io.edgemc.placement;

import io.edgemc.api.content.KeyRing;
import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.servers.postgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The service as a process of its own, always on the same port, to be killed and started again. */
final class ServiceProcess implements AutoCloseable {
    private final List<String> command;
    private final Path log;
    private final IdentitySigner signer;
    private final String base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private Process process;

    ServiceProcess(Database database, String kafka, Path folder) throws IOException {
        Path keyring = folder.resolve("keyring");
        Files.write(keyring, KeyRing.generate(new SecureRandom()));
        Path door = folder.resolve("door");
        IdentityKeys.createIfAbsent(door);
        signer = new IdentitySigner(IdentityKeys.load(door), Clock.systemUTC());
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        base = "http://127.0.0.1:" + port;
        log = folder.resolve("service.log");
        command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx320m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                PlacementApplication.class.getName(),
                "--server.port=" + port,
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--edge-mc.kafka.bootstrap-servers=" + kafka,
                "--edge-mc.bus.partitions=2",
                "--edge-mc.keyring.file=" + keyring,
                "--edge-mc.door.key-file=" + door);
        process = begin();
    }

    private Process begin() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void start() throws IOException {
        process = begin();
    }

    /** Whether it reads and writes. */
    boolean isReady() {
        try {
            return send("GET", "/system/apis/edge-mc.io/v1alpha1/spaces", "").statusCode() == 200;
        } catch (IOException away) {
            return false;
        }
    }

    HttpResponse<String> send(String method, String path, String json) throws IOException {
        HttpRequest.Builder request = request(path)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        return exchange(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The stream of a watch; it breaks off when the process dies. */
    InputStream watch(String path) throws IOException {
        HttpResponse<InputStream> response = exchange(request(path), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("the watch answered " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        String identity = signer.sign(
                "ann", Set.of(), Set.of(Role.PLATFORM_ADMIN), UUID.randomUUID().toString(), "placement-service");
        return HttpRequest.newBuilder(URI.create(base + path)).header(IdentitySigner.HEADER, identity);
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return http.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.shutdownNow();
    }
}
