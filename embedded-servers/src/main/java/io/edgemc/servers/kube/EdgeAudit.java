package io.edgemc.servers.kube;

import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The audit log of a local edge's API server: every patch and deletion that it was asked for, with the bodies but for those of
 * Secrets, a JSON line each, written before the caller has the answer. It says what no watch shows: requests that change nothing.
 *
 * @param policy what is logged
 * @param log grows with every run; readable by its owner only
 */
public record EdgeAudit(Path policy, Path log) {
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived, ResponseStarted]
            rules:
            - level: Metadata
              verbs: [patch, delete, deletecollection]
              resources: [{group: "", resources: [secrets]}]
            - level: Request
              verbs: [patch, delete, deletecollection]
            - level: None
            """;

    /** Of the edge with its data in {@code folder}. */
    public static EdgeAudit inFolder(Path folder) {
        return new EdgeAudit(folder.resolve("audit-policy.yaml"), folder.resolve("audit.log"));
    }

    void writePolicy() throws IOException {
        OwnerOnly.write(policy, POLICY);
    }

    List<String> flags() {
        return List.of(
                "--audit-policy-file=" + policy,
                "--audit-log-path=" + log,
                "--audit-log-mode=blocking-strict",
                // Never cut into several files (megabytes).
                "--audit-log-maxsize=4096");
    }
}
