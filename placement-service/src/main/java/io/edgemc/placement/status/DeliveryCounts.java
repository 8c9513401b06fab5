package io.edgemc.placement.status;

/** At how many clusters a placement is how far. */
public record DeliveryCounts(int delivered, int failed, int stale, int pending) {
    public static final DeliveryCounts NONE = new DeliveryCounts(0, 0, 0, 0);

    public int total() {
        return delivered + failed + stale + pending;
    }

    DeliveryCounts plus(Delivery state, int count) {
        return switch (state) {
            case DELIVERED -> new DeliveryCounts(delivered + count, failed, stale, pending);
            case FAILED -> new DeliveryCounts(delivered, failed + count, stale, pending);
            case STALE -> new DeliveryCounts(delivered, failed, stale + count, pending);
            case PENDING -> new DeliveryCounts(delivered, failed, stale, pending + count);
        };
    }
}
