package io.edgemc.kube.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.edgemc.kube.fuzz.RawClient.Answer;
import io.edgemc.kube.fuzz.RawClient.Sent;
import io.edgemc.kube.fuzz.Requests.Made;
import io.edgemc.kube.fuzz.Seeds.Kind;
import io.edgemc.kube.testing.ViewServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random bad input: each answer is a clear one, a refused write changes nothing, and what is stored is always valid. {@code
 * -Dseed=} repeats a run, {@code -Dfuzz.minutes=} makes a longer one.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("seed", 1);
    private static final int MINUTES = Integer.getInteger("fuzz.minutes", 0);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1500);

    private static final int MOST_FAILURES = 10;

    @TempDir
    Path directory;

    private ViewServer server;
    private RawClient client;
    private ErrorLog log;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private int lives;

    @BeforeEach
    void start() throws Exception {
        server = new ViewServer(directory);
        server.space("x");
        client = new RawClient(server.address("x"));
        send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Seeds.WIDGET_CRD);
        log = ErrorLog.follow();
    }

    @AfterEach
    void stop() throws Exception {
        log.end();
        server.close();
    }

    @Test
    void whateverIsSentTheAnswerIsClearAndWhatIsStoredIsValid() {
        System.out.println("fuzzing from seed " + SEED);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);

        int sent = 0;
        while (MINUTES > 0 ? System.nanoTime() < end : sent < REQUESTS) {
            if (sent % 20 == 0) {
                renew();
            }
            try {
                one(SEED + sent++);
            } catch (AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
                log.forget();
            }
            if (failures.size() >= MOST_FAILURES) {
                break;
            }
        }

        System.out.println(sent + " requests, answers by status: " + statuses);
        assertThat(failures).isEmpty();
        assertThat(statuses.keySet()).as("both ends are reached").contains(200, 201, 400, 422);
    }

    private void one(long seed) {
        int number = Math.floorMod(seed, 1_000_000_000);
        Made made = new Requests(new Random(seed), number, there()).next();
        String told = "seed " + seed + ", object " + made.object() + "\n" + made.sent();
        String before = made.object().isEmpty() ? "" : get(made.object());
        Answer answer = client.send(made.sent());
        statuses.merge(answer.status(), 1, Integer::sum);
        assertThat(log.errors()).as(told).isEmpty();
        boolean later = answer.status() == 504 && answer.body().contains("Too large resource version");
        if (answer.status() >= 500 && !later && answer.status() != 501) {
            fail(told + "\nanswered " + answer);
        }
        if (!made.object().isEmpty()) {
            String after = get(made.object());
            if (answer.status() >= 400) {
                assertThat(after)
                        .as(told + "\nwas refused and changed something")
                        .isEqualTo(before);
            } else if (!after.equals(before)) {
                valid(made.object(), after, told);
            }
            if (made.object().contains("fuzzed.example.com") && !made.object().contains("/" + there() + "s")) {
                client.send(new Sent("DELETE", made.object(), List.of(), new byte[0]));
            }
        }
    }

    /** What is stored can be stored again, and reads the same then. */
    private void valid(String path, String object, String told) {
        if (object.isEmpty()) {
            return;
        }
        JsonNode tree = JsonMapper.shared().readTree(object);
        if (tree.path("metadata").has("deletionTimestamp")) {
            return;
        }
        Answer again = client.send(Sent.of("PUT", path + "?dryRun=All", "application/json", object));
        assertThat(again.status())
                .as(told + "\nstored\n" + object + "\n" + again.body())
                .isEqualTo(200);
        assertThat(content(JsonMapper.shared().readTree(again.body()))).as(told).isEqualTo(content(tree));
    }

    private static JsonNode content(JsonNode tree) {
        ObjectNode copy = (ObjectNode) tree.deepCopy();
        ((ObjectNode) copy.path("metadata")).remove("managedFields");
        return copy;
    }

    private String there() {
        return "there" + lives;
    }

    /** Objects that nobody touched yet. */
    private void renew() {
        lives++;
        for (Kind kind : Seeds.KINDS) {
            String object = kind.object()
                    .replace("NAME", there())
                    .replace("KIND", "There" + lives)
                    .replace("SHORT", "th" + lives);
            Answer made = send("POST", kind.collection(), object);
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
        String crds = Seeds.KINDS.getLast().collection();
        client.send(new Sent("DELETE", crds + "/there" + (lives - 1) + "s.fuzzed.example.com", List.of(), new byte[0]));
    }

    private Answer send(String method, String path, String body) {
        return client.send(Sent.of(method, path, "application/json", body));
    }

    /** The object as it is stored; empty if there is none. */
    private String get(String path) {
        Answer answer = client.send(new Sent("GET", path, List.of(), new byte[0]));
        return answer.status() == 200 ? answer.body() : "";
    }
}
