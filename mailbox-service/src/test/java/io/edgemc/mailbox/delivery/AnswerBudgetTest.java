package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.mailbox.listener.ProblemException;
import org.junit.jupiter.api.Test;

class AnswerBudgetTest {
    private final AnswerBudget budget = new AnswerBudget(2, 100);

    @Test
    void a_cluster_has_so_many_answers_at_a_time_and_another_its_own() {
        // Given
        Runnable first = budget.take("a", 10);
        budget.take("a", 10);
        // When, then
        assertThatThrownBy(() -> budget.take("a", 10)).isInstanceOf(ProblemException.class);
        budget.take("b", 10);
        first.run();
        budget.take("a", 10);
        assertThat(budget.taken()).isEqualTo(30);
    }

    @Test
    void all_together_hold_no_more_than_the_limit() {
        // Given
        Runnable large = budget.take("a", 90);
        // When, then
        assertThatThrownBy(() -> budget.take("b", 20)).isInstanceOf(ProblemException.class);
        large.run();
        large.run();
        assertThat(budget.taken()).isZero();
        budget.take("b", 20);
    }
}
