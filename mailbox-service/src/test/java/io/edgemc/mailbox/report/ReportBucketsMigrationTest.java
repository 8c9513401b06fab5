package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetState;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ReportBucketsMigrationTest {
    @Test
    void sums_of_what_was_reported_before_are_those_of_the_protocol() {
        // Given a database of before, with objects enough that sums wrap around
        Database database = TestPostgres.freshDatabase();
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        migrate(source, "111");
        JdbcTemplate jdbc = new JdbcTemplate(source);
        jdbc.update(
                "insert into mailbox (cluster_uid, cluster_name, state, record_revision, target_state) values ('u', 'n', 'ACTIVE', 1, ?)",
                TargetState.EMPTY.text());
        ReportTree expected = new ReportTree();
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            ObjectKey key = new ObjectKey("", "configmaps", "shop", "object-" + i);
            String hash = Digest.sha256("body " + i).hex();
            boolean deleted = i % 10 == 0;
            if (!deleted) {
                expected.add(key, hash);
            }
            rows.add(new Object[] {key.text(), hash, deleted});
        }
        jdbc.batchUpdate(
                "insert into reported (cluster_uid, object_key, kind, origin, epoch, sequence, generation, hash, deleted, body, "
                        + "labels, observed_at, position, changed_at) "
                        + "values ('u', ?, 'configmaps', 'UPSYNC', 1, 1, 1, ?, ?, '', '{}', '', 1, now())",
                rows);
        // When
        migrate(source, "112");
        // Then
        ReportTree tree = new ReportBuckets(jdbc).tree("u");
        assertThat(tree.count()).isEqualTo(4_500);
        assertThat(tree.root()).isEqualTo(expected.root());
    }

    private static void migrate(DriverManagerDataSource source, String target) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:io/edgemc/changelog", "classpath:io/edgemc/mailbox/postgres")
                .target(target)
                .load()
                .migrate();
    }
}
