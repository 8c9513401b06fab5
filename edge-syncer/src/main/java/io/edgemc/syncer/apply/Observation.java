package io.edgemc.syncer.apply;

import tools.jackson.databind.JsonNode;

/**
 * An object as it was seen last at the API server, as far as it matters for drift.
 *
 * @param exists false if it is not there
 * @param version its resourceVersion; larger is later
 * @param uid {@code ""} if it does not exist
 * @param mark value of the ownership annotation, {@code ""} if it has none
 * @param fields mark of our fields, see {@link OwnedFields}
 * @param autoscaled the autoscaler owns the replicas
 * @param deleting its deletion has begun
 * @param adopted it says that it was there before us
 */
record Observation(
        boolean exists,
        long version,
        String uid,
        String mark,
        String fields,
        boolean autoscaled,
        boolean deleting,
        boolean adopted) {
    static Observation of(JsonNode live) {
        JsonNode metadata = live.path("metadata");
        return new Observation(
                true,
                versionOf(metadata.path("resourceVersion").asString("")),
                metadata.path("uid").asString(""),
                Ownership.annotation(live),
                OwnedFields.mark(live),
                OwnedFields.isAutoscaled(live),
                metadata.has("deletionTimestamp"),
                Ownership.hasAdoptedAnnotation(live));
    }

    static Observation absent(long version) {
        return new Observation(false, version, "", "", "", false, false, false);
    }

    /** API servers count their versions up; one that does not gets no ordering, and every event counts as news. */
    static long versionOf(String resourceVersion) {
        try {
            return Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
