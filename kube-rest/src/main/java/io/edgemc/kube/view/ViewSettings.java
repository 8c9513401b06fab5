package io.edgemc.kube.view;

import io.edgemc.kube.api.AccessReviewer;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.store.KubeStore;
import java.time.Clock;

/**
 * What a view is made of.
 *
 * @param store its objects
 * @param catalog its kinds
 * @param rules what its service adds; {@link ViewRules#READ_ONLY} for views that cannot be written
 * @param reviewer answers access reviews
 * @param clock creation times and ages
 * @param bodyLimit largest request body, in bytes
 * @param limits how much it does at a time
 */
public record ViewSettings(
        KubeStore store,
        KindCatalog catalog,
        ViewRules rules,
        AccessReviewer reviewer,
        Clock clock,
        int bodyLimit,
        ViewLimits limits) {
    private static final int DEFAULT_BODY_LIMIT = 3 << 20;

    public ViewSettings {
        if (bodyLimit <= 0) {
            throw new IllegalArgumentException("the body limit is " + bodyLimit);
        }
    }

    /** Open rules, the system's clock, Kubernetes' body limit; access reviews deny. */
    public static ViewSettings of(KubeStore store, KindCatalog catalog) {
        return new ViewSettings(
                store,
                catalog,
                ViewRules.OPEN,
                AccessReviewer.DENY,
                Clock.systemUTC(),
                DEFAULT_BODY_LIMIT,
                ViewLimits.NONE);
    }

    public ViewSettings withRules(ViewRules other) {
        return new ViewSettings(store, catalog, other, reviewer, clock, bodyLimit, limits);
    }

    public ViewSettings withReviewer(AccessReviewer other) {
        return new ViewSettings(store, catalog, rules, other, clock, bodyLimit, limits);
    }

    public ViewSettings withClock(Clock other) {
        return new ViewSettings(store, catalog, rules, reviewer, other, bodyLimit, limits);
    }

    public ViewSettings withLimits(ViewLimits other) {
        return new ViewSettings(store, catalog, rules, reviewer, clock, bodyLimit, other);
    }
}
