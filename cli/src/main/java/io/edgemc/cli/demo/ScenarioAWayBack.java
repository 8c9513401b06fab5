package io.edgemc.cli.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Changes after the first delivery, each giving exactly the difference and touching nothing else. */
final class ScenarioAWayBack {
    private static final String PAGE = "{.data.index\\.html}";
    private static final String ENV = "{.spec.template.spec.containers[0].env[0].value}";
    private static final String SPECIAL_PAGE = "configmaps/specialstuff/httpd-htdocs";
    private static final String CRON_TAB = "crontabs.stable.example.com/specialstuff/my-new-cron-object";
    private static final String CRD = "customresourcedefinitions.apiextensions.k8s.io//crontabs.stable.example.com";
    private static final String API_SERVICE = "apiservices.apiregistration.k8s.io//v1090.example.my";

    /** No change for so long: an edge's controllers are done. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final DemoHub hub;
    private final Console console;
    private final Expectations expect;
    private final String[] types;

    ScenarioAWayBack(DemoHub hub, Console console, Expectations expect, String[] types) {
        this.hub = hub;
        this.console = console;
        this.expect = expect;
        this.types = types;
    }

    /** What the placement of space special puts at an edge. */
    static TreeSet<String> specials() {
        return ScenarioA.keys(
                SPECIAL_PAGE, ScenarioA.specialDeployment(), CRON_TAB, CRD, API_SERVICE, "namespaces//specialstuff");
    }

    void play(Cluster florin, Cluster guilder, Cluster common, Cluster special) {
        Cluster inventory = hub.context("inventory");
        step(
                "florin's label loc-name becomes florin2: only its page, which reads it, changes",
                florin,
                guilder,
                () -> inventory.kubectl("label", "cluster", "florin", "loc-name=florin2", "--overwrite"),
                () -> florin.field("configmap", "commonstuff", "httpd-htdocs", PAGE)
                        .contains("running in florin2"),
                new Change(ScenarioA.keys(), ScenarioA.keys(ScenarioA.commonPage()), ScenarioA.keys()),
                Change.NONE);
        step(
                "the Deployment speciald gets a second replica: only it changes, only at guilder",
                florin,
                guilder,
                () -> special.kubectl(
                        "patch",
                        "deployment",
                        "speciald",
                        "-n",
                        "specialstuff",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"replicas\":2}}"),
                () -> guilder.field("deployment", "specialstuff", "speciald", "{.spec.replicas}")
                        .equals("2"),
                Change.NONE,
                new Change(ScenarioA.keys(), ScenarioA.keys(ScenarioA.specialDeployment()), ScenarioA.keys()));
        step(
                "the customizer's value changes: the ReplicaSet that it customizes changes, at both",
                florin,
                guilder,
                () -> common.kubectl(
                        "patch",
                        "customizer",
                        "example-customizer",
                        "-n",
                        "commonstuff",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"replace\",\"path\":\"/replacements/0/value\",\"value\":\"\\\"now %(env)\\\"\"}]"),
                () -> florin.field("replicaset", "commonstuff", "commond", ENV).equals("now prod")
                        && guilder.field("replicaset", "commonstuff", "commond", ENV)
                                .equals("now prod"),
                new Change(ScenarioA.keys(), ScenarioA.keys(ScenarioA.commonSet()), ScenarioA.keys()),
                new Change(ScenarioA.keys(), ScenarioA.keys(ScenarioA.commonSet()), ScenarioA.keys()));
        TreeSet<String> specials = specials();
        step(
                "florin is labelled extended=yes: it gets all that is special, and nothing else of it changes",
                florin,
                guilder,
                () -> inventory.kubectl("label", "cluster", "florin", "extended=yes"),
                () -> florin.owned(types).keySet().containsAll(specials),
                new Change(specials, ScenarioA.keys(), ScenarioA.keys()),
                Change.NONE);
        expect.expect(
                "speciald runs on 2 clusters now, and shows no status",
                "2/",
                () -> special.field(
                        "deployment",
                        "specialstuff",
                        "speciald",
                        "{.metadata.annotations.edge-mc\\.io/executing-count}/{.status.observedGeneration}"));
        step(
                "the label goes: what was special leaves florin, its Namespace too",
                florin,
                guilder,
                () -> inventory.kubectl("label", "cluster", "florin", "extended-"),
                () -> !florin.has("namespace", "", "specialstuff")
                        && java.util.Collections.disjoint(florin.owned(types).keySet(), specials),
                new Change(ScenarioA.keys(), ScenarioA.keys(), specials),
                Change.NONE);
        deletePlacement(florin, guilder, common);
    }

    private void deletePlacement(Cluster florin, Cluster guilder, Cluster common) {
        SortedMap<String, String> before = guilder.owned(types);
        console.progress("the placement of space common is deleted");
        common.kubectl("delete", "edgeplacement", "edge-placement-c");
        expect.expect(
                "florin is emptied but for the namespace that came along",
                ScenarioA.keys(),
                () -> withoutCompanions(florin.owned(types)));
        TreeSet<String> remaining = withoutCompanions(before);
        remaining.removeIf(key -> key.contains("/commonstuff/"));
        expect.expect(
                "only what is special remains at guilder", remaining, () -> withoutCompanions(guilder.owned(types)));
        SortedMap<String, String> after = guilder.owned(types);
        after.keySet().retainAll(remaining);
        before.keySet().retainAll(remaining);
        expect.expectNow("and none of it was touched", Change.NONE, Change.between(before, after));
    }

    /** Namespaces that nobody selected are left where they are, empty. */
    private static TreeSet<String> withoutCompanions(SortedMap<String, String> owned) {
        TreeSet<String> keys = new TreeSet<>(owned.keySet());
        keys.remove("namespaces//commonstuff");
        return keys;
    }

    private void step(
            String what,
            Cluster florin,
            Cluster guilder,
            Runnable change,
            Supplier<Boolean> arrived,
            Change atFlorin,
            Change atGuilder) {
        console.progress(what);
        SortedMap<String, String> florinBefore = settled(florin);
        SortedMap<String, String> guilderBefore = settled(guilder);
        change.run();
        expect.expect("it has arrived", arrived);
        expect.expect(
                String.format(Locale.ROOT, "florin: %s", atFlorin),
                atFlorin,
                () -> Change.between(florinBefore, florin.owned(types)));
        expect.expect(
                String.format(Locale.ROOT, "guilder: %s", atGuilder),
                atGuilder,
                () -> Change.between(guilderBefore, guilder.owned(types)));
    }

    /** The edge's controllers write statuses for a moment after a change; what is compared must not be theirs. */
    private SortedMap<String, String> settled(Cluster edge) {
        SortedMap<String, String> last = edge.owned(types);
        long since = System.nanoTime();
        long deadline = since + SETTLE_LIMIT.toNanos();
        while (System.nanoTime() - since < QUIET.toNanos() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            SortedMap<String, String> now = edge.owned(types);
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
        }
        return last;
    }
}
