package io.edgemc.mailbox.report.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ReportOrderTest {
    private static final ObjectKey KEY = ObjectKey.parse("configmaps/shop/a");

    @Test
    void of_several_reports_of_an_object_the_last_by_epoch_and_sequence_counts() {
        // Given
        List<ReportStep> steps = List.of(seen("u", 5, 2, "b"), seen("u", 5, 1, "a"), seen("u", 5, 3, "c"));
        // When
        ReportOrder order = ReportOrder.of(steps, Map.of("u", 0L));
        // Then
        assertThat(order.latest().values()).extracting(ObjectReport::hash).containsExactly("c");
    }

    @Test
    void a_fence_ends_older_sessions_from_its_place_in_the_log_on() {
        // Given an acknowledged report, a new session, and a zombie's report
        List<ReportStep> steps =
                List.of(seen("u", 5, 1, "before"), new ReportStep.Fence("u", 6), seen("u", 5, 2, "zombie"));
        // When
        ReportOrder order = ReportOrder.of(steps, Map.of("u", 5L));
        // Then
        assertThat(order.latest().values()).extracting(ObjectReport::hash).containsExactly("before");
        assertThat(order.raised()).containsExactly(Map.entry("u", 6L));
    }

    @Test
    void a_fence_never_goes_down() {
        // When
        ReportOrder order =
                ReportOrder.of(List.of(new ReportStep.Fence("u", 4), seen("u", 4, 9, "old")), Map.of("u", 5L));
        // Then
        assertThat(order.latest()).isEmpty();
        assertThat(order.raised()).isEmpty();
    }

    @Test
    void a_cluster_without_a_mailbox_leaves_nothing_and_another_is_not_touched() {
        // When
        ReportOrder order = ReportOrder.of(
                List.of(seen("gone", 5, 1, "x"), new ReportStep.Fence("gone", 9), seen("u", 1, 1, "y")),
                Map.of("u", 1L));
        // Then
        assertThat(order.latest().values()).extracting(ObjectReport::clusterUid).containsExactly("u");
        assertThat(order.raised()).isEmpty();
    }

    @Test
    void what_is_newer_and_different_changes_what_is_known() {
        ReportOrder.Known known = new ReportOrder.Known(5, 10, "h", false);
        assertThat(ReportOrder.changes(report("u", 5, 11, "i"), "i", known)).isTrue();
        assertThat(ReportOrder.changes(report("u", 5, 11, "h"), "h", known)).isFalse();
        assertThat(ReportOrder.changes(report("u", 5, 10, "i"), "i", known)).isFalse();
        assertThat(ReportOrder.changes(report("u", 4, 99, "i"), "i", known)).isFalse();
        assertThat(ReportOrder.changes(report("u", 6, 1, "i"), "i", known)).isTrue();
        assertThat(ReportOrder.changes(deletion(5, 11), "", known)).isTrue();
        assertThat(ReportOrder.changes(deletion(5, 11), "", new ReportOrder.Known(5, 10, "", true)))
                .isFalse();
        assertThat(ReportOrder.changes(deletion(5, 11), "", null)).isFalse();
        assertThat(ReportOrder.changes(report("u", 1, 1, "h"), "h", null)).isTrue();
    }

    private static ReportStep seen(String uid, long epoch, long sequence, String hash) {
        return new ReportStep.Seen(report(uid, epoch, sequence, hash));
    }

    private static ObjectReport report(String uid, long epoch, long sequence, String hash) {
        return new ObjectReport(
                uid,
                epoch,
                sequence,
                KEY,
                Origin.UPSYNC,
                1,
                hash,
                false,
                JsonNodeFactory.instance.objectNode(),
                "2026-01-01T00:00:00Z",
                "");
    }

    private static ObjectReport deletion(long epoch, long sequence) {
        return new ObjectReport(
                "u", epoch, sequence, KEY, Origin.UPSYNC, 1, "", true, null, "2026-01-01T00:00:00Z", "");
    }
}
