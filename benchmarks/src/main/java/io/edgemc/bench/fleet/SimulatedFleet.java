package io.edgemc.bench.fleet;

import io.edgemc.bench.hub.BenchHub;
import io.edgemc.cli.edge.Registration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Many simulated edges, registered, enrolled and connected. */
public final class SimulatedFleet implements AutoCloseable {
    private static final int ENROLLING = 16;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<SimulatedEdge> edges = new ArrayList<>();

    /** A further edge that reaches the hub by another address, such as a counting proxy's. */
    public SimulatedEdge join(BenchHub hub, String name, Map<String, String> labels, URI address) {
        Registration registration = new Registration(hub.state());
        registration.register(hub.api(), name, labels, Map.of());
        Registration.JoinToken token = registration.joinToken(hub.api(), name);
        try {
            SimulatedEdge edge = SimulatedEdge.enrol(name, address, token.caPem(), token.token(), executor);
            edges.add(edge);
            edge.start();
            return edge;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot enrol", e);
        }
    }

    /** Registers and enrols {@code size} clusters named {@code sim-0000…}, with labels by number, and starts their sessions. */
    public static SimulatedFleet connect(BenchHub hub, int size, IntFunction<Map<String, String>> labels) {
        SimulatedFleet fleet = new SimulatedFleet();
        Registration registration = new Registration(hub.state());
        try (ExecutorService enrolling = Executors.newFixedThreadPool(ENROLLING)) {
            List<Future<SimulatedEdge>> joining = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int number = i;
                joining.add(enrolling.submit(() -> fleet.join(hub, registration, number, labels.apply(number))));
            }
            for (Future<SimulatedEdge> edge : joining) {
                fleet.edges.add(edge.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulated edge could not join: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        fleet.edges.forEach(SimulatedEdge::start);
        return fleet;
    }

    private SimulatedEdge join(BenchHub hub, Registration registration, int number, Map<String, String> labels) {
        String name = String.format(Locale.ROOT, "sim-%05d", number);
        registration.register(hub.api(), name, labels, Map.of());
        Registration.JoinToken token = registration.joinToken(hub.api(), name);
        try {
            return SimulatedEdge.enrol(name, URI.create(token.hubUrl()), token.caPem(), token.token(), executor);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot enrol", e);
        }
    }

    public List<SimulatedEdge> edges() {
        return edges;
    }

    /** Whether every edge holds at least so many objects. */
    public boolean allHold(int objects) {
        for (SimulatedEdge edge : edges) {
            if (edge.held().size() < objects) {
                return false;
            }
        }
        return true;
    }

    /** Waits until a condition holds; throws if it takes longer than {@code seconds}. */
    public static void await(String what, int seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + ": not after " + seconds + " s");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        edges.forEach(SimulatedEdge::close);
        executor.shutdownNow();
    }
}
