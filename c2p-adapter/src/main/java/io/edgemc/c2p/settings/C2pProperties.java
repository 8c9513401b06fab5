package io.edgemc.c2p.settings;

import io.edgemc.c2p.normalise.NormalRules;
import io.edgemc.c2p.normalise.Outcome;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code edge-mc.c2p.*}.
 *
 * @param unknownAfter how long reports of a cluster that is not connected count as current
 * @param sweepEvery how often clusters that fell silent are looked for
 * @param skip what becomes of skipped results
 * @param warn how warnings count
 * @param maxResults reports with more results are refused
 */
@ConfigurationProperties("edge-mc.c2p")
public record C2pProperties(
        @DefaultValue("15m") Duration unknownAfter,
        @DefaultValue("10s") Duration sweepEvery,
        @DefaultValue("drop") Skip skip,
        @DefaultValue("failure") Warn warn,
        @DefaultValue("20000") int maxResults) {
    /** What becomes of skipped results. */
    public enum Skip {
        DROP,
        PASS,
        WARN,
        FAIL,
        ERROR
    }

    /** How warnings count. */
    public enum Warn {
        FAILURE,
        ADVISORY
    }

    public C2pProperties {
        if (unknownAfter.isNegative() || unknownAfter.isZero() || sweepEvery.toMillis() < 10) {
            throw new IllegalArgumentException("edge-mc.c2p.unknown-after and sweep-every are positive");
        }
    }

    /** The rules of the normal form. */
    public NormalRules normalRules() {
        return new NormalRules(skip == Skip.DROP ? null : Outcome.valueOf(skip.name()), maxResults);
    }

    /** Whether a warning counts as compliant. */
    public boolean warnIsAdvisory() {
        return warn == Warn.ADVISORY;
    }
}
