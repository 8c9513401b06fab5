package io.edgemc.kube.kind;

import org.jspecify.annotations.Nullable;

/**
 * How one version of a kind stands to the others.
 *
 * @param deprecation what clients of this version are warned of, null if nothing is wrong with it
 * @param form how objects look in this version
 * @param storageVersion the version in which a CRD says that objects rest; empty where nobody says
 */
public record VersionTraits(@Nullable String deprecation, VersionForm form, String storageVersion) {
    /** A version like any other. */
    public static final VersionTraits NONE = new VersionTraits(null, VersionForm.SAME, "");
}
