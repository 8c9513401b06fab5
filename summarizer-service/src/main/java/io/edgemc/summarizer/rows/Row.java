package io.edgemc.summarizer.rows;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last word on one group: a row, or that it is gone.
 *
 * @param summary name of the summary
 * @param key of the row on the public topic
 * @param group values of the columns
 * @param json the row as it is on the topic, null if it is gone; must not be changed
 * @param partition of the topic
 * @param offset in the partition
 * @param storedAt when it was written
 * @param sequence order of arrival here
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Row(
        String summary,
        String key,
        Map<String, String> group,
        byte @Nullable [] json,
        int partition,
        long offset,
        Instant storedAt,
        long sequence) {
    Row {
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    boolean isGone() {
        return json == null;
    }

    /** Whether the group has these values. */
    boolean matches(Map<String, String> wanted) {
        return wanted.entrySet().stream().allMatch(want -> want.getValue().equals(group.get(want.getKey())));
    }
}
