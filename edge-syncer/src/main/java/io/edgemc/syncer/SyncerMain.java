package io.edgemc.syncer;

import io.edgemc.syncer.identity.Identity;
import io.edgemc.syncer.identity.IdentityStore;
import io.edgemc.syncer.kube.InCluster;
import io.edgemc.syncer.kube.KubeAccess;
import io.edgemc.syncer.kube.Kubeconfig;
import io.edgemc.syncer.log.JsonLinesProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The syncer as a process. Exit codes: 0 ended as asked, 1 failed, 2 wrong usage. */
public final class SyncerMain {
    private static final String USAGE = """
            usage: syncer enroll --hub URL --ca FILE (--token-file FILE | --token TOKEN) --state DIR
                   syncer run --hub URL --state DIR [--kubeconfig FILE [--context NAME]]
            run enrols first if the state folder has no identity and a token is given.
            Without --kubeconfig the Pod's service account is used.
            Every option can be given as environment variable EDGE_MC_<OPTION>, such as EDGE_MC_TOKEN_FILE.""";

    private static final Duration FENCED_PAUSE = Duration.ofSeconds(60);

    private SyncerMain() {}

    public static void main(String[] args) {
        // Before the first logger: the provider is not registered as a service.
        System.setProperty("slf4j.provider", "io.edgemc.syncer.log.JsonLinesProvider");
        try {
            Arguments arguments = Arguments.parse(args, System.getenv());
            switch (arguments.command()) {
                case "enroll" -> enroll(arguments);
                case "run" -> run(arguments);
                case "help", "--help" -> say(USAGE);
                default -> throw new IllegalArgumentException("there is no such command");
            }
        } catch (IllegalArgumentException e) {
            say("syncer: " + e.getMessage() + "\n" + USAGE);
            System.exit(2);
        } catch (IOException e) {
            say("syncer: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Identity enroll(Arguments arguments) throws IOException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Identity identity = Enrolment.enrol(
                    hub(arguments),
                    Path.of(arguments.required("ca")),
                    token(arguments),
                    Path.of(arguments.required("state")),
                    executor);
            say("enrolled as cluster " + identity.clusterName());
            return identity;
        }
    }

    private static void run(Arguments arguments) throws IOException, InterruptedException {
        Path state = Path.of(arguments.required("state"));
        Optional<Identity> present = new IdentityStore(state).load();
        Identity identity;
        if (present.isPresent()) {
            identity = present.get();
        } else if (arguments.find("token-file").isPresent()
                || arguments.find("token").isPresent()) {
            identity = enroll(arguments);
        } else {
            throw new IOException("there is no identity in " + state + "; run enroll first, or give a token");
        }
        JsonLinesProvider.cluster(identity.clusterName());
        Syncer syncer = new Syncer(
                new Syncer.Settings(hub(arguments), state, version(), FENCED_PAUSE), identity, access(arguments));
        Thread ending = new Thread(syncer::close, "ending");
        Runtime.getRuntime().addShutdownHook(ending);
        syncer.start();
        syncer.awaitEnd();
    }

    private static KubeAccess access(Arguments arguments) throws IOException {
        Optional<String> kubeconfig = arguments.find("kubeconfig");
        if (kubeconfig.isPresent()) {
            return Kubeconfig.access(
                    Path.of(kubeconfig.get()), arguments.find("context").orElse(null));
        }
        if (InCluster.isHere(System.getenv())) {
            return InCluster.access(System.getenv());
        }
        throw new IOException("no --kubeconfig is given, and this is not a Pod with a service account");
    }

    private static URI hub(Arguments arguments) {
        URI hub = URI.create(arguments.required("hub"));
        if (!"https".equals(hub.getScheme()) || hub.getHost() == null) {
            throw new IllegalArgumentException("--hub must be https://host:port");
        }
        return hub;
    }

    private static String token(Arguments arguments) throws IOException {
        Optional<String> file = arguments.find("token-file");
        if (file.isPresent()) {
            return Files.readString(Path.of(file.get()), StandardCharsets.UTF_8).strip();
        }
        return arguments.required("token");
    }

    private static String version() {
        String version = SyncerMain.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @SuppressWarnings("SystemOut") // The command line talks to people.
    private static void say(String text) {
        System.out.println(text);
    }
}
