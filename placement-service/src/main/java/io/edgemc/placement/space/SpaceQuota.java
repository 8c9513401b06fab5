package io.edgemc.placement.space;

import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * How much one space may hold. What the hub itself adds (a status, a default namespace) is counted and never refused, and
 * nothing keeps an object from becoming smaller or from being deleted.
 *
 * @param objects of all kinds
 * @param bytes of their current versions, as they are stored
 */
public record SpaceQuota(long objects, long bytes) {
    public static final SpaceQuota NONE = new SpaceQuota(Long.MAX_VALUE, Long.MAX_VALUE);

    public SpaceQuota {
        if (objects < 1 || bytes < 1) {
            throw new IllegalArgumentException("a space's quota is at least 1 object and 1 byte");
        }
    }

    /**
     * Why a write would be too much, in the words in which Kubernetes refuses for a quota; null if it is not.
     *
     * @param used before the write
     * @param more what the write adds; what is not positive is never too much
     */
    StoreException.@Nullable QuotaExceeded refusal(KindRef kind, String name, Usage used, Usage more) {
        String why = refusal("objects", used.objects(), more.objects(), objects);
        if (why == null) {
            why = refusal("bytes", used.bytes(), more.bytes(), bytes);
        }
        return why == null ? null : new StoreException.QuotaExceeded(kind, name, why);
    }

    private static @Nullable String refusal(String what, long used, long more, long limit) {
        return more <= 0 || more <= limit - used
                ? null
                : "exceeded quota: space, requested: " + what + "=" + more + ", used: " + what + "=" + used
                        + ", limited: " + what + "=" + limit;
    }
}
