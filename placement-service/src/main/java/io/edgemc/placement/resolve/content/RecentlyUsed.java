package io.edgemc.placement.resolve.content;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A bounded cache: the values used longest ago go when the weights add up to more than the limit. */
final class RecentlyUsed<K, V> {
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long limit;
    private final ToIntFunction<V> weight;
    private long total;

    RecentlyUsed(long limit, ToIntFunction<V> weight) {
        this.limit = limit;
        this.weight = weight;
    }

    @Nullable
    V get(K key) {
        return entries.get(key);
    }

    void put(K key, V value) {
        V before = entries.put(key, value);
        total += weight.applyAsInt(value) - (before == null ? 0 : weight.applyAsInt(before));
        Iterator<Map.Entry<K, V>> eldest = entries.entrySet().iterator();
        while (total > limit && eldest.hasNext()) {
            total -= weight.applyAsInt(eldest.next().getValue());
            eldest.remove();
        }
    }
}
