package io.edgemc.placement.space;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.edgemc.api.content.KeyRing;
import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.ReplicaListener;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.postgres.PostgresLedger;
import io.edgemc.servers.postgres.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An engine on a real database, as one replica of the service has it. */
public final class Replica implements AutoCloseable {
    public static final KindRef CONFIG_MAPS = new KindRef("", "configmaps");
    public static final KindRef SECRETS = new KindRef("", "secrets");
    public static final View SPACE = View.ofSpace("shop");
    public static final Actor ANN = new Actor("ann", Set.of(), "request-1", "");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final HikariDataSource pool;
    public final CommitSignal commits = new CommitSignal();
    public final PostgresLedger ledger;
    public final SpaceEngine engine;
    private final ReplicaListener listener;

    public Replica(Database database, KeyRing keys, Consequences consequences) {
        this(database, keys, consequences, EngineLimits.DEFAULT);
    }

    public Replica(Database database, KeyRing keys, Consequences consequences, EngineLimits limits) {
        this(database, keys, consequences, limits, UnaryOperator.identity());
    }

    /** @param way what lies between the pool and the database */
    public Replica(
            Database database,
            KeyRing keys,
            Consequences consequences,
            EngineLimits limits,
            UnaryOperator<DataSource> way) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(way.apply(database.dataSource()));
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(1_000);
        pool = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(pool)
                .locations(ChangeLog.MIGRATIONS, "classpath:io/edgemc/placement/db")
                .load()
                .migrate();
        ledger = new PostgresLedger(pool, keys, commits);
        engine = new SpaceEngine(ledger, consequences, commits, limits, Clock.systemUTC());
        listener = new ReplicaListener(database.dataSource(), commits);
        commits.listen(engine::refresh);
        await(engine::isReady);
    }

    public static KeyRing keys() {
        return KeyRing.parse(KeyRing.generate(new SecureRandom()));
    }

    public ViewStore store(View view) {
        return new ViewStore(view, engine, ledger, commits, Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Makes the space that the tests write into. */
    public ViewStore space() {
        store(View.SYSTEM)
                .commit(create(WriteTask.SPACES, "", "shop", object("edge-mc.io/v1alpha1", "Space", "shop")), ANN)
                .join();
        return store(SPACE);
    }

    public static ObjectNode object(String apiVersion, String kind, String name) {
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata")
                .put("name", name)
                .put("uid", UUID.randomUUID().toString());
        return object;
    }

    public static ObjectNode configMap(String name, String value) {
        ObjectNode object = object("v1", "ConfigMap", name);
        object.putObject("data").put("value", value);
        return object;
    }

    public static ObjectWrite.Create create(KindRef kind, String namespace, String name, ObjectNode object) {
        ObjectBody body = ObjectBody.of(object);
        return new ObjectWrite.Create(
                kind,
                namespace,
                name,
                object.at("/metadata/uid").asString(),
                ObjectBody.labelsOf(object),
                body.bytes(),
                body.splice());
    }

    public static ObjectWrite.Replace replace(StoredObject read, ObjectNode object) {
        ObjectBody body = ObjectBody.of(object);
        return new ObjectWrite.Replace(
                read.kind(),
                read.namespace(),
                read.name(),
                read.uid(),
                Map.of(),
                body.bytes(),
                body.splice(),
                read.resourceVersion());
    }

    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() throws Exception {
        listener.close();
        engine.close();
        pool.close();
    }

    /** Nothing is placed. */
    public static class NothingFollows implements Consequences {
        @Override
        public Result load(Ledger.Snapshot stored) {
            return Result.NOTHING;
        }

        @Override
        public Result follow(Draft draft) {
            return Result.NOTHING;
        }

        @Override
        public boolean replay(List<Version> versions, long revision) {
            return true;
        }

        @Override
        public void committed() {}

        @Override
        public void rolledBack() {}
    }
}
