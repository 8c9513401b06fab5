package io.edgemc.api.event;

import io.edgemc.api.object.ObjectKey;

/** Keys of {@link Topics#REPORTS}; records are partitioned by the cluster's uid alone. */
public final class ReportKeys {
    private ReportKeys() {}

    public static String object(String clusterUid, ObjectKey key) {
        return clusterUid + "|" + key.text();
    }

    public static String cluster(String clusterUid) {
        return clusterUid + "|";
    }

    /** The cluster uid of a key; throws {@link IllegalArgumentException} if it has none. */
    public static String clusterOf(String key) {
        int bar = key.indexOf('|');
        if (bar < 1) {
            throw new IllegalArgumentException("not a key of reports");
        }
        return key.substring(0, bar);
    }

    /** The object part of a key, {@code ""} for a cluster report. */
    public static String objectOf(String key) {
        return key.substring(key.indexOf('|') + 1);
    }
}
