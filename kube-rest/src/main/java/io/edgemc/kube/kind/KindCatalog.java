package io.edgemc.kube.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which kinds a view serves now: fixed ones, those that the service supplies (they may change), and those of the CRDs in
 * the view, if it follows them. Earlier sources win. Thread-safe.
 */
public final class KindCatalog {
    private record State(List<ServedKind> supplied, List<ServedKind> crds, Kinds kinds) {}

    private final List<ServedKind> fixed;
    private final Supplier<List<ServedKind>> supplier;
    private final boolean followsCrds;
    private volatile State state;

    /**
     * @param fixed such as the built-in kinds
     * @param supplier kinds of the service; a list that is the same instance as before has not changed
     * @param followsCrds whether CRDs stored in the view define kinds
     */
    public KindCatalog(List<ServedKind> fixed, Supplier<List<ServedKind>> supplier, boolean followsCrds) {
        this.fixed = List.copyOf(fixed);
        this.supplier = supplier;
        this.followsCrds = followsCrds;
        this.state = made(supplier.get(), List.of());
    }

    /** Kinds that never change. */
    public static KindCatalog fixed(List<ServedKind> kinds) {
        return new KindCatalog(kinds, List::of, false);
    }

    public boolean followsCrds() {
        return followsCrds;
    }

    public Kinds now() {
        State known = state;
        List<ServedKind> supplied = supplier.get();
        if (supplied == known.supplied()) {
            return known.kinds();
        }
        synchronized (this) {
            state = made(supplied, state.crds());
            return state.kinds();
        }
    }

    /** The CRDs of the view define these kinds from now on. */
    public synchronized void defined(List<ServedKind> crds) {
        state = made(state.supplied(), List.copyOf(crds));
    }

    private State made(List<ServedKind> supplied, List<ServedKind> crds) {
        List<ServedKind> all = new ArrayList<>(supplied);
        all.addAll(fixed);
        all.addAll(crds);
        return new State(supplied, crds, new Kinds(all));
    }
}
