package io.edgemc.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.changelog.ChangeBatch;
import io.edgemc.placement.outbox.OutboxRow;
import io.edgemc.placement.outbox.OutboxSource;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The relay's cursor is the last row's position: rows that were not in order would be passed over. */
class OutboxOrderTest extends WholeServiceTest {
    @Test
    void allTablesAreReadInTheOrderOfPositions() throws Exception {
        // Given rows of all kinds, clusters and targets among contents
        for (String name : new String[] {"one", "two"}) {
            String cluster = hub.cluster("ordered-" + name, name);
            hub.placedPage("ordered-" + name, name);
            bus.filledTarget(cluster);
        }
        try (Connection connection = service.context().getBean(DataSource.class).getConnection()) {
            // When
            ChangeBatch<OutboxRow> batch = new OutboxSource().read(connection, 0);

            // Then
            Set<Class<?>> kinds = new HashSet<>();
            batch.rows().forEach(row -> kinds.add(row.getClass()));
            assertThat(kinds)
                    .contains(OutboxRow.ContentRow.class, OutboxRow.ClusterRow.class, OutboxRow.TargetRow.class);
            assertThat(batch.rows()).extracting(OutboxRow::position).isSorted();
            assertThat(batch.through()).isEqualTo(batch.rows().getLast().position());
        }
    }
}
