package io.edgemc.syncer.apply;

/** An object is not brought to its target, for a reason of ours and not of the API server. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Never serialized.
    private final Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
