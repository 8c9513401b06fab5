package io.edgemc.kube.testing;

import io.edgemc.kube.api.AccessReviewer;
import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.servlet.KubeServlet;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.memory.MemoryStore;
import io.edgemc.kube.view.KubeView;
import io.edgemc.kube.view.ViewSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;

/** Spaces on a real Tomcat with virtual threads, on a port of 127.0.0.1, each over a store in memory. */
public final class ViewServer implements AutoCloseable {
    private static final AccessReviewer ALL = new AccessReviewer() {
        @Override
        public boolean allowed(Actor actor, Question question) {
            return true;
        }
    };

    private final Tomcat tomcat = new Tomcat();
    private final Map<String, KubeView> views = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    public ViewServer(Path base) throws LifecycleException {
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setProperty("rejectIllegalHeader", "true");
        connector.getProtocolHandler().setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", null);
        var servlet = Tomcat.addServlet(context, "views", new KubeServlet(this::find, ViewServer::actor));
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/spaces/*", "views");
        tomcat.start();
    }

    private KubeServlet.Mounted find(HttpServletRequest request) {
        String[] parts = request.getRequestURI().split("/", 4);
        KubeView view = parts.length > 2 ? views.get(parts[2]) : null;
        return view == null ? null : new KubeServlet.Mounted(view, "/spaces/" + parts[2]);
    }

    private static Actor actor(HttpServletRequest request) {
        return new Actor("tester", Set.of("testers"), UUID.randomUUID().toString(), "");
    }

    /** A space with every built-in kind and the namespace {@code default}. */
    public KubeView space(String name) {
        return space(name, new MemoryStore());
    }

    public KubeView space(String name, KubeStore store) {
        KubeView view = view(
                name,
                ViewSettings.of(store, new KindCatalog(BuiltInKinds.all(), List::of, true))
                        .withReviewer(ALL));
        send("POST", name, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");
        return view;
    }

    public KubeView view(String name, ViewSettings settings) {
        KubeView view = new KubeView(settings);
        views.put(name, view);
        return view;
    }

    public URI address(String space) {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/spaces/" + space);
    }

    /** A kubeconfig for a space. */
    public Path kubeconfig(String space, Path directory) throws IOException {
        Path file = directory.resolve("kubeconfig-" + space);
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: test}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                """.formatted(address(space)));
        return file;
    }

    public HttpResponse<String> send(String method, String space, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address(space) + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
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

    @Override
    public void close() throws LifecycleException {
        views.values().forEach(KubeView::close);
        tomcat.stop();
        tomcat.destroy();
    }

    /** For trying things by hand: serves space {@code x} until the process ends. */
    public static void main(String[] arguments) throws Exception {
        Path base = Path.of(arguments[0]);
        ViewServer server = new ViewServer(base);
        server.space("x");
        System.out.println(server.kubeconfig("x", base));
        Thread.currentThread().join();
    }
}
