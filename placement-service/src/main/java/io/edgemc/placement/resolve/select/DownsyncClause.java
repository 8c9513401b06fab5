package io.edgemc.placement.resolve.select;

import java.util.Set;

/** One entry of a placement's {@code downsync}: a test, and how what it selects is treated. */
public record DownsyncClause(ObjectTest test, Modulation modulation) {
    static DownsyncClause read(FieldReader in) {
        return new DownsyncClause(
                ObjectTest.read(in),
                new Modulation(
                        in.flag("createOnly"),
                        in.flag("wantSingletonReportedState"),
                        in.flag("wantMultiClusterReportedState"),
                        Set.copyOf(in.texts("statusCollectors"))));
    }
}
