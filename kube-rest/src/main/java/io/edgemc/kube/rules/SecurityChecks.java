package io.edgemc.kube.rules;

import com.google.re2j.Pattern;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Security contexts of pods and containers. */
final class SecurityChecks {
    private static final String SYSCTL = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    private static final Pattern SYSCTL_NAME = Pattern.compile(SYSCTL);
    private static final int LONGEST_SYSCTL = 253;

    private SecurityChecks() {}

    static void ofPod(JsonNode context, String path, Findings findings) {
        for (String member : List.of("fsGroup", "runAsUser", "runAsGroup")) {
            id(context.path(member), path + "." + member, findings);
        }
        JsonNode sysctls = context.path("sysctls");
        for (int i = 0; i < sysctls.size(); i++) {
            JsonNode name = sysctls.get(i).path("name");
            String at = path + ".sysctls[" + i + "].name";
            if (name.asString("").isEmpty()) {
                findings.required(at);
            } else if (name.asString().length() > LONGEST_SYSCTL
                    || !SYSCTL_NAME.matcher(name.asString()).matches()) {
                findings.invalid(at, name, "must have at most 253 characters and match regex " + SYSCTL);
            }
        }
        seccomp(context.path("seccompProfile"), path + ".seccompProfile", findings);
    }

    static void ofContainer(JsonNode context, String path, Findings findings) {
        for (String member : List.of("runAsUser", "runAsGroup")) {
            id(context.path(member), path + "." + member, findings);
        }
        seccomp(context.path("seccompProfile"), path + ".seccompProfile", findings);
    }

    private static void id(JsonNode id, String path, Findings findings) {
        if (id.isNumber() && (id.asLong() < 0 || id.asLong() > Integer.MAX_VALUE)) {
            findings.invalid(path, id, "must be between 0 and 2147483647, inclusive");
        }
    }

    private static void seccomp(JsonNode profile, String path, Findings findings) {
        boolean local = profile.path("type").asString("").equals("Localhost");
        boolean named = !profile.path("localhostProfile").asString("").isEmpty();
        if (local && !named) {
            findings.required(path + ".localhostProfile", "must be set when seccomp type is Localhost");
        } else if (!local && named) {
            findings.invalid(
                    path + ".localhostProfile",
                    profile.path("localhostProfile"),
                    "can only be set when seccomp type is Localhost");
        }
    }
}
