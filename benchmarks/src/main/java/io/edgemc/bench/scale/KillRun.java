package io.edgemc.bench.scale;

import io.edgemc.bench.fleet.SimulatedFleet;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.ChangeWatch;
import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.demo.Cluster;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.hub.HubApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Kills the hub at random moments while scenario A is being placed and edited, and tells what got lost or was done twice. */
public final class KillRun {
    private static final String[] EDGES = {"florin", "guilder"};
    private static final String PATH = "/spaces/common/api/v1/namespaces/commonstuff/configmaps";
    private static final String PLACEMENTS = "/spaces/common/apis/edge-mc.io/v1alpha1/edgeplacements";

    private final Map<String, Integer> acknowledged = new LinkedHashMap<>();
    private final int kills;
    private final long seed;
    private volatile boolean ending;
    private volatile int round;
    private int writes;

    /** @param seed of the moments, so that a run can be repeated */
    public KillRun(int kills, long seed) {
        this.kills = kills;
        this.seed = seed;
    }

    /** What a run came to: acknowledged writes, and everything that should not have happened. */
    public record Outcome(int kills, int acknowledgedWrites, List<String> faults) {
        public Outcome {
            faults = List.copyOf(faults);
        }
    }

    /** Plays it on a hub of its own, with two real edges. */
    public Outcome play(String folder) throws InterruptedException {
        Random random = new Random(seed);
        List<String> faults = new ArrayList<>();
        List<ChangeWatch> watches = new ArrayList<>();
        try (BenchHub hub = BenchHub.start(folder)) {
            place(hub.contexts());
            for (String edge : EDGES) {
                for (String type : List.of("configmaps", "replicasets.apps", "deployments.apps", "namespaces")) {
                    watches.add(ChangeWatch.start(hub, edge, type));
                }
            }
            try (HubApi api = HubApi.of(hub.workspace().hub())) {
                Thread writer = Thread.ofVirtual().start(() -> write(api));
                for (round = 1; round <= kills; round++) {
                    LockSupport.parkNanos((300 + random.nextInt(2_000)) * 1_000_000L);
                    hub.killAndRestart();
                }
                ending = true;
                writer.join();
            }
            faults.addAll(settle(hub.contexts()));
            watches.forEach(watch -> faults.addAll(watch.faults()));
        } finally {
            watches.forEach(ChangeWatch::close);
        }
        return new Outcome(kills, writes, faults);
    }

    private static void place(DemoHub hub) {
        hub.edges(Map.of(
                "florin", Map.of("loc-name", "florin", "env", "prod"),
                "guilder", Map.of("loc-name", "guilder", "env", "prod", "extended", "yes")));
        hub.spaces("common", "special");
        hub.context("space-common").apply(DemoHub.resource("a/common-objects.yaml"));
        hub.context("space-special").apply(DemoHub.resource("a/special-crd.yaml"));
        hub.context("space-special").apply(DemoHub.resource("a/special-objects.yaml"));
        hub.context("space-common").apply(DemoHub.resource("a/common-placement.yaml"));
        hub.context("space-special").apply(DemoHub.resource("a/special-placement.yaml"));
    }

    /** Each round places an object of its own, then keeps editing the objects of all rounds. */
    private void write(HubApi api) {
        for (int next = 1; !ending; next++) {
            int value = next;
            String name = "round-" + Math.min(round, kills);
            if (acknowledged.containsKey(name)) {
                edit(api, "round-" + (1 + value % acknowledged.size()), value);
            } else if (accepted(() -> api.post(PATH, page(name, value)))
                    && accepted(() -> api.post(PLACEMENTS, placement(name)))) {
                acknowledged.put(name, 0);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void edit(HubApi api, String name, int value) {
        if (acknowledged.containsKey(name) && accepted(() -> api.put(PATH + "/" + name, page(name, value)))) {
            acknowledged.put(name, value);
            writes++;
        }
    }

    /** A hub that is away or starting accepts nothing; one that has it already (409) had accepted it. */
    private static boolean accepted(Supplier<HubApi.Answer> call) {
        try {
            HubApi.Answer answer = call.get();
            return answer.succeeded() || answer.status() == 409;
        } catch (CommandFailure away) {
            return false;
        }
    }

    private List<String> settle(DemoHub hub) {
        List<String> faults = new ArrayList<>();
        Cluster space = hub.context("space-common");
        acknowledged.forEach((name, least) -> {
            String kept = count(space, name);
            if (kept.isEmpty() || Integer.parseInt(kept) < least) {
                faults.add("lost: " + name + " has '" + kept + "' in the space, acknowledged was " + least);
                return;
            }
            for (String edge : EDGES) {
                Cluster cluster = hub.context(edge);
                try {
                    SimulatedFleet.await(name, 60, () -> kept.equals(count(cluster, name)));
                } catch (IllegalStateException late) {
                    faults.add("not at " + edge + ": " + name + " = " + kept + ", there is " + count(cluster, name));
                }
            }
        });
        for (String edge : EDGES) {
            if (!hub.context(edge).has("replicaset", "commonstuff", "commond")) {
                faults.add("not at " + edge + ": commond");
            }
        }
        if (!hub.context("guilder").has("deployment", "specialstuff", "speciald")) {
            faults.add("not at guilder: speciald");
        }
        return faults;
    }

    private static String count(Cluster cluster, String name) {
        return cluster.field("configmap", "commonstuff", name, "{.data.count}");
    }

    private static String page(String name, int value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"count\":\"" + value + "\"}}";
    }

    private static String placement(String name) {
        return """
                {"apiVersion":"edge-mc.io/v1alpha1","kind":"EdgePlacement","metadata":{"name":"%1$s"},
                 "spec":{"locationSelectors":[{"matchLabels":{"env":"prod"}}],
                         "downsync":[{"apiGroup":"","resources":["configmaps"],"namespaces":["commonstuff"],
                                      "objectNames":["%1$s"]}]}}
                """.formatted(name);
    }
}
