package io.edgemc.c2p.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.c2p.state.Counts;
import io.edgemc.c2p.state.State;
import io.edgemc.c2p.state.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of the summaries. Their member names are a contract. */
final class Rows {
    private Rows() {}

    /**
     * One page.
     *
     * @param asOf RFC 3339 time of the answer
     * @param next what to give as {@code after} for the next page; absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page<R>(String asOf, List<R> rows, @Nullable String next) {}

    /** How many results said what. */
    record Results(long pass, long fail, long warn, long error) {
        static Results of(Tally tally) {
            Counts counts = tally.counts();
            return new Results(counts.pass(), counts.fail(), counts.warn(), counts.error());
        }
    }

    /** How many are as they should be, are not, and who knows. */
    record Split(long compliant, long nonCompliant, long unknown) {
        static Split of(Tally tally, boolean warnIsAdvisory) {
            return new Split(
                    tally.members().compliant(warnIsAdvisory),
                    tally.members().nonCompliant(warnIsAdvisory),
                    tally.members().unknown());
        }
    }

    /**
     * @param namespace absent for a cluster-wide policy
     * @param freshest when a cluster that has the policy last delivered; absent if none ever did
     * @param stalest the same of the one that is longest silent
     * @param unknown why it is unknown where it is; absent if it is unknown nowhere
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PolicyRow(
            String policy,
            @Nullable String namespace,
            String source,
            String state,
            Results counts,
            Split clusters,
            @Nullable String freshest,
            @Nullable String stalest,
            @Nullable UnknownReason unknown) {}

    /**
     * @param lastDelivery absent if it never delivered
     * @param unknown why policies there are unknown; absent if none is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClusterRow(
            String cluster,
            String state,
            Results counts,
            Split policies,
            @Nullable String lastDelivery,
            @Nullable UnknownReason unknown) {}

    /**
     * @param policies bare names of the policies that check the control
     * @param notPlaced those of them that are placed nowhere; with any, the control is unknown at best
     */
    record ControlRow(
            String control,
            String state,
            List<String> policies,
            List<String> notPlaced,
            Results counts,
            Split clusters) {}

    static String text(@Nullable State state) {
        return state == null ? State.UNKNOWN.text() : state.text();
    }
}
