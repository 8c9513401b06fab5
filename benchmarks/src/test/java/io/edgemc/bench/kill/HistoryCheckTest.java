package io.edgemc.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.bench.kill.Attempt.Outcome;
import io.edgemc.bench.kill.EdgeRequest.Applied;
import io.edgemc.bench.kill.EdgeRequest.Deleted;
import io.edgemc.bench.kill.Fault.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryCheckTest {
    private final Recorded recorded = new Recorded();

    @Test
    void aFaultlessRunHasNoFaults() {
        assertThat(HistoryCheck.faults(recorded.history())).isEmpty();
    }

    static List<Arguments> faults() {
        return List.of(
                fault("an acknowledged edit is dropped", Kind.LOST, run -> {
                    run.space.put("round-1", "1");
                    run.pages.put("round-1", "1");
                    run.requests.remove(Recorded.page(Recorded.ONE, 2));
                }),
                fault("an acknowledged page is dropped", Kind.LOST, run -> {
                    run.space.remove("round-1");
                    run.pages.remove("round-1");
                }),
                fault("an acknowledged deletion is undone", Kind.LOST, run -> {
                    run.space.put("round-2", "3");
                    run.pages.put("round-2", "3");
                }),
                fault("a refused edit takes effect", Kind.LOST, run -> {
                    run.attempts.add(Attempt.write("round-1", 4, Outcome.REFUSED));
                    run.space.put("round-1", "4");
                    run.pages.put("round-1", "4");
                }),
                fault("an edit does not arrive", Kind.NOT_DELIVERED, run -> run.pages.put("round-1", "1")),
                fault("an object of the scenario is missing", Kind.NOT_DELIVERED, run -> run.held.clear()),
                fault("a deleted page stays at the edge", Kind.STRAY, run -> run.pages.put("round-2", "3")),
                fault("an object comes to the wrong edge", Kind.STRAY, run -> run.held.add("secrets/x/y")),
                fault(
                        "a page is deleted at the edge",
                        Kind.DELETED,
                        run -> run.requests.add(new Deleted(Recorded.ONE))),
                fault(
                        "an object of the scenario is deleted at the edge",
                        Kind.DELETED,
                        run -> run.requests.add(new Deleted(Recorded.SET))),
                fault(
                        "a whole collection is deleted at the edge",
                        Kind.DELETED,
                        run -> run.requests.add(new Deleted("replicasets.apps/commonstuff/*"))),
                fault(
                        "an object is applied again as it is",
                        Kind.APPLIED_AGAIN,
                        run -> run.requests.add(new Applied(Recorded.SET, "set", ""))),
                fault(
                        "a page is applied again as it is",
                        Kind.APPLIED_AGAIN,
                        run -> run.requests.add(Recorded.page(Recorded.ONE, 2))),
                fault("an older state follows a newer one", Kind.APPLIED_BACKWARDS, run -> {
                    run.requests.remove(Recorded.page(Recorded.ONE, 1));
                    run.requests.add(Recorded.page(Recorded.ONE, 1));
                }),
                fault(
                        "something is applied that nobody wrote",
                        Kind.INVENTED,
                        run -> run.requests.add(Recorded.page(Recorded.ONE, 77))));
    }

    private static Arguments fault(String what, Kind kind, Consumer<Recorded> plant) {
        return Arguments.of(what, kind, plant);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aPlantedFaultIsFound(String what, Kind kind, Consumer<Recorded> plant) {
        // Given a faultless run with one fault planted
        plant.accept(recorded);
        // When it is judged
        List<Fault> faults = HistoryCheck.faults(recorded.history());
        // Then that one is found, and no other
        assertThat(faults).as(what).extracting(Fault::kind).containsExactly(kind);
    }

    @Test
    void applyThatIsMissingInTheRecordIsFound() {
        // Given an API server that has counted one apply more than its audit log shows
        History history = recorded.history(Map.of("replicasets.apps", 1L, "configmaps", 4L));
        // When, then
        assertThat(HistoryCheck.faults(history)).extracting(Fault::kind).containsExactly(Kind.UNRECORDED);
    }

    @Test
    void aWriteWithoutAnAnswerMayHoldOrNot() {
        // Given an edit that got no answer
        recorded.attempts.add(Attempt.write("round-1", 4, Outcome.UNKNOWN));
        // Then it is right that it has no effect
        assertThat(HistoryCheck.faults(recorded.history())).isEmpty();
        // And it is right that it has one
        recorded.space.put("round-1", "4");
        recorded.pages.put("round-1", "4");
        recorded.requests.add(Recorded.page(Recorded.ONE, 4));
        assertThat(HistoryCheck.faults(recorded.history())).isEmpty();
    }

    @Test
    void aWriteWithoutAnAnswerIsOverruledByALaterAcknowledgedOne() {
        // Given an edit without an answer and one with, after it
        recorded.attempts.add(Attempt.write("round-1", 4, Outcome.UNKNOWN));
        recorded.attempts.add(Attempt.write("round-1", 5, Outcome.ACKNOWLEDGED));
        // When the earlier one is what holds
        recorded.space.put("round-1", "4");
        recorded.pages.put("round-1", "4");
        // Then
        assertThat(HistoryCheck.faults(recorded.history()))
                .extracting(Fault::kind)
                .containsExactly(Kind.LOST);
    }

    @Test
    void deletionsOfWhatWasNeverAppliedAreNoneOfOurs() {
        // Given a controller that deletes objects of its own, also by collection
        recorded.requests.add(new Deleted("pods/commonstuff/commond-abcde"));
        recorded.requests.add(new Deleted("endpointslices.discovery.k8s.io/commonstuff/*"));
        // Then
        assertThat(HistoryCheck.faults(recorded.history())).isEmpty();
    }
}
