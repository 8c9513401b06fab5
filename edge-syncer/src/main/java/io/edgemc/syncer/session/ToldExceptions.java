package io.edgemc.syncer.session;

import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.syncer.hub.HubClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions as one call takes them: the first by key, and how many more there are. A cluster on which everything fails is
 * told like any other.
 *
 * @param listed sorted by key
 * @param more null for none
 */
record ToldExceptions(
        List<ObjectException> listed, @Nullable Integer more) {
    /** Well below what the hub takes as a body. */
    private static final int MAX_BYTES = 2 << 20;

    ToldExceptions {
        listed = List.copyOf(listed);
    }

    static ToldExceptions of(List<ObjectException> all) {
        List<ObjectException> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(ObjectException::key));
        int fitting = 0;
        long bytes = 0;
        while (fitting < Math.min(sorted.size(), AppliedReport.MAX_EXCEPTIONS)) {
            bytes += HubClient.sizeOf(sorted.get(fitting));
            if (bytes > MAX_BYTES) {
                break;
            }
            fitting++;
        }
        int more = sorted.size() - fitting;
        return new ToldExceptions(sorted.subList(0, fitting), more == 0 ? null : Integer.valueOf(more));
    }
}
