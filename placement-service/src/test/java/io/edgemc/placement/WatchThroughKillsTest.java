package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.json.ApiJson;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.servers.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed while it is written to and watched. */
@Tag("slow")
class WatchThroughKillsTest {
    private static final String MAPS = "/spaces/watched/api/v1/namespaces/default/configmaps";
    private static final int WRITERS = 3;
    private static final int KILLS = 2;
    private static final int BETWEEN = 60;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final String LAST = "the-last";

    private final Database database = TestPostgres.freshDatabase();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean writing = true;

    @Test
    void eachEventComesOnceInOrderAndWhatIsNotKeptIsGone(@TempDir Path folder) throws Exception {
        try (ServiceProcess service = new ServiceProcess(database, TestKafka.bootstrapServers(), folder)) {
            // Given
            await(service::isReady);
            service.send("POST", "/system/apis/edge-mc.io/v1alpha1/spaces", """
                    {"apiVersion":"edge-mc.io/v1alpha1","kind":"Space","metadata":{"name":"watched"}}""");
            long start = Long.parseLong(ApiJson.MAPPER
                    .readTree(service.send("GET", MAPS, "").body())
                    .at("/metadata/resourceVersion")
                    .asString());
            SeenEvents seen = new SeenEvents(service, MAPS, start);
            CompletableFuture<Void> watching = later(() -> seen.until(LAST));
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(later(() -> write(service, writer)));
            }

            // When
            for (int kill = 1; kill <= KILLS; kill++) {
                int enough = kill * BETWEEN;
                await(() -> seen.events().size() >= enough);
                service.kill();
                service.start();
                await(service::isReady);
            }
            int before = seen.events().size();
            await(() -> seen.events().size() >= before + BETWEEN);
            writing = false;
            for (CompletableFuture<Void> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            create(service, LAST);
            watching.get(60, TimeUnit.SECONDS);

            // Then it saw what the database holds, and nothing that was acknowledged is missing
            List<String> stored = stored(start);
            assertThat(seen.watches()).isGreaterThan(KILLS);
            assertThat(seen.events()).isEqualTo(stored);
            assertThat(stored.stream().map(event -> event.substring(event.indexOf(' ') + 1)))
                    .containsAll(acknowledged);

            // When somebody begins anew, at any of these positions
            for (int i : new int[] {0, 1, stored.size() / 3, stored.size() - 2}) {
                long from = i == 0 ? start : position(stored.get(i - 1));
                SeenEvents late = new SeenEvents(service, MAPS, from);
                later(() -> late.until(LAST)).get(60, TimeUnit.SECONDS);

                // Then
                assertThat(late.events()).isEqualTo(stored.subList(i, stored.size()));
            }

            // When the first half is no longer kept
            int half = stored.size() / 2;
            run("update object_horizon set position = " + position(stored.get(half)));
            service.kill();
            service.start();
            await(service::isReady);
            SeenEvents tooLate = new SeenEvents(service, MAPS, start);
            SeenEvents justInTime = new SeenEvents(service, MAPS, position(stored.get(half)));
            later(() -> tooLate.until(LAST)).get(60, TimeUnit.SECONDS);
            later(() -> justInTime.until(LAST)).get(60, TimeUnit.SECONDS);

            // Then
            assertThat(tooLate.events()).containsExactly("ERROR 410");
            assertThat(justInTime.events()).isEqualTo(stored.subList(half + 1, stored.size()));
        }
    }

    private void write(ServiceProcess service, int writer) {
        Random random = new Random(writer);
        List<String> mine = new ArrayList<>();
        for (int i = 0; writing; i++) {
            if (mine.isEmpty() || random.nextInt(3) > 0) {
                String name = "w" + writer + "-" + i;
                create(service, name);
                mine.add(name);
            } else if (random.nextBoolean()) {
                String name = mine.get(random.nextInt(mine.size()));
                untilAnswered(service, "PATCH", MAPS + "/" + name, "{\"data\":{\"i\":\"" + i + "\"}}");
                acknowledged.add("MODIFIED " + name);
            } else {
                String name = mine.removeFirst();
                untilAnswered(service, "DELETE", MAPS + "/" + name, "");
                acknowledged.add("DELETED " + name);
            }
        }
    }

    private void create(ServiceProcess service, String name) {
        untilAnswered(service, "POST", MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
        acknowledged.add("ADDED " + name);
    }

    /** Again and again: what an attempt without an answer did is there (409), or gone (404), or changed already. */
    private static void untilAnswered(ServiceProcess service, String method, String path, String json) {
        while (true) {
            try {
                int status = service.send(method, path, json).statusCode();
                if (status / 100 == 2 || status == 409 || status == 404 && method.equals("DELETE")) {
                    return;
                }
                assertThat(status).as(method + " " + path).isEqualTo(503);
            } catch (IOException away) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** The log of the space, from the database itself. */
    private List<String> stored(long after) throws SQLException {
        List<String> events = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select position, tombstone, previous, name from object_version"
                        + " where view = 'space:watched' and resource = 'configmaps' and position > " + after
                        + " order by position")) {
            while (row.next()) {
                row.getLong(3);
                String type = row.wasNull() ? "ADDED" : row.getBoolean(2) ? "DELETED" : "MODIFIED";
                events.add(row.getLong(1) + " " + type + " " + row.getString(4));
            }
        }
        return events;
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long position(String event) {
        return Long.parseLong(event.substring(0, event.indexOf(' ')));
    }

    private static CompletableFuture<Void> later(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }
}
