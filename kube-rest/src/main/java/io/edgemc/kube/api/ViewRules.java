package io.edgemc.kube.api;

import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import java.util.List;
import java.util.Set;

/** What a service adds to Kubernetes' rules in one of its views. Implementations are thread-safe and fast. */
public interface ViewRules {
    /** Everything is allowed. */
    ViewRules OPEN = new ViewRules() {};

    /** Nothing can be changed. */
    ViewRules READ_ONLY = new ViewRules() {
        @Override
        public Set<String> verbs(ServedKind kind) {
            return Verbs.READ;
        }
    };

    /** Verbs of a kind in this view; the others answer 405 and are not in discovery. */
    default Set<String> verbs(ServedKind kind) {
        return Verbs.ALL;
    }

    /**
     * Checks a write and may complete {@link Admission#object()} in place. Problems are answered as 422; another refusal is
     * thrown as an {@link ApiError}.
     */
    default List<FieldProblem> admit(Admission admission) {
        return List.of();
    }
}
