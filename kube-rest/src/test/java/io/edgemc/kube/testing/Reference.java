package io.edgemc.kube.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.LocalEdge;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A real API server as the measure of what a view answers. Its controllers stand still meanwhile, so that what a test
 * writes stays; a view has none.
 */
public final class Reference implements AutoCloseable {
    private final Process proxy;
    private final URI address;
    private final long controllers;
    private final HttpClient http =
            // The proxy does not take part in an upgrade to HTTP/2.
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Reference(Process proxy, URI address, long controllers) {
        this.proxy = proxy;
        this.address = address;
        this.controllers = controllers;
    }

    public static Reference of(LocalEdge edge) throws Exception {
        Eventually.holds(() -> assertThat(
                        edge.kubectl().run("get", "serviceaccount", "default").succeeded())
                .isTrue());
        Process proxy = new ProcessBuilder(
                        KubeBinaries.find().kubectl().toString(),
                        "--kubeconfig=" + edge.kubeconfig(),
                        "proxy",
                        "--port=0")
                .redirectErrorStream(true)
                .start();
        BufferedReader said = new BufferedReader(new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine(); // Starting to serve on 127.0.0.1:34567
        URI address = URI.create("http://" + line.substring(line.lastIndexOf(' ') + 1));
        Reference reference = new Reference(proxy, address, edge.controllerManagerPid());
        reference.controllers("STOP");
        return reference;
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length == 0) {
            request.header("Content-Type", "application/json");
        } else {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void controllers(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(controllers))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws Exception {
        controllers("CONT");
        proxy.destroy();
        proxy.waitFor();
    }
}
