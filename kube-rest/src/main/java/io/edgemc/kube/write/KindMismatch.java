package io.edgemc.kube.write;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.facts.BuiltInKinds;
import java.util.HashSet;
import java.util.Set;

/** How an API server words that a body is of another kind than its path. */
public final class KindMismatch {
    private static final String LIST = "List";

    private static final class Holder {
        static final Set<String> REGISTERED = registered();
    }

    private KindMismatch() {}

    private static Set<String> registered() {
        Set<String> all = new HashSet<>();
        BuiltInKinds.all()
                .forEach(kind -> kind.versions().forEach(version -> {
                    String group = kind.ref().group();
                    all.add((group.isEmpty() ? "" : group + "/") + version.version() + " " + kind.kind());
                }));
        return all;
    }

    /** For a body that names a kind or version other than its path's; an empty one means the path's. */
    public static String refused(String givenKind, String givenVersion, Target target) {
        String kind = givenKind.isEmpty() ? target.kind().kind() : givenKind;
        String apiVersion = givenVersion.isEmpty() ? target.apiVersion() : givenVersion;
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        String base = kind.endsWith(LIST) ? kind.substring(0, kind.length() - LIST.length()) : kind;
        String head = kind + " in version \"" + version + "\" cannot be handled as a "
                + target.kind().kind() + ": ";
        return Holder.REGISTERED.contains(apiVersion + " " + base)
                ? head + "converting (" + version + "." + kind + ") to (" + target.internalType()
                        + "): unknown conversion"
                : head + unregistered(kind, apiVersion);
    }

    static String unregistered(String kind, String apiVersion) {
        return "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                + "\" in scheme \"pkg/runtime/scheme.go:111\"";
    }
}
