package io.edgemc.mailbox.postbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.PositionRange;
import io.edgemc.mailbox.testing.TestHub;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

class LedgerTest {
    private final TestHub hub = TestHub.shared();

    @Test
    void others_are_told_who_wrote_so_that_the_writer_is_not_woken_twice() throws Exception {
        try (Connection connection = hub.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            // Given
            statement.execute("listen " + ChangeLog.CHANNEL);
            // When
            PositionRange taken =
                    hub.bean(Ledger.class).write(() -> hub.bean(Ledger.class).positions(1));
            PGNotification[] notes = connection.unwrap(PGConnection.class).getNotifications(10_000);
            statement.execute("unlisten *");
            // Then
            assertThat(taken.first()).isPositive();
            assertThat(notes)
                    .isNotEmpty()
                    .allSatisfy(note -> assertThat(note.getParameter()).isNotEmpty());
        }
    }

    @Test
    void a_commit_whose_answer_was_lost_wakes_the_followers_as_well() {
        // Given
        CommitSignal signal = new CommitSignal();
        AtomicInteger woken = new AtomicInteger();
        signal.listen(woken::incrementAndGet);
        Ledger ledger = new Ledger(
                hub.jdbc(),
                new TransactionTemplate(new LosesTheAnswer(hub.bean(PlatformTransactionManager.class))),
                signal);
        long before = ledger.position();
        // When, then
        assertThatThrownBy(() ->
                        ledger.run(() -> assertThat(ledger.positions(1).first()).isPositive()))
                .isInstanceOf(TransactionSystemException.class);
        assertThat(ledger.position()).isGreaterThan(before);
        assertThat(woken).hasValue(1);
    }

    @Test
    void work_that_fails_wakes_nobody() {
        // Given
        CommitSignal signal = new CommitSignal();
        AtomicInteger woken = new AtomicInteger();
        signal.listen(woken::incrementAndGet);
        Ledger ledger =
                new Ledger(hub.jdbc(), new TransactionTemplate(hub.bean(PlatformTransactionManager.class)), signal);
        // When, then
        assertThatThrownBy(() -> ledger.run(() -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(woken).hasValue(0);
    }

    /** The real thing, but the connection breaks after the commit. */
    private record LosesTheAnswer(PlatformTransactionManager real) implements PlatformTransactionManager {
        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
            return real.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            real.commit(status);
            throw new TransactionSystemException("the connection broke");
        }

        @Override
        public void rollback(TransactionStatus status) {
            real.rollback(status);
        }
    }
}
