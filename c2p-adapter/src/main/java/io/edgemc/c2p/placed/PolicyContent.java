package io.edgemc.c2p.placed;

import io.edgemc.api.json.CanonicalJson;
import java.nio.charset.StandardCharsets;

/** Tells policies among the contents that pass by, most of which are none. */
public final class PolicyContent {
    /** In canonical JSON apiVersion comes before all else that an object has; nothing longer needs to be looked at first. */
    private static final int HEAD = 256;

    private PolicyContent() {}

    /** Whether a content is a policy; throws {@link IllegalArgumentException} if it looks like one and is no object. */
    public static boolean isPolicy(byte[] canonical) {
        String head = new String(canonical, 0, Math.min(HEAD, canonical.length), StandardCharsets.UTF_8);
        boolean candidate = head.contains("kyverno.io/")
                || head.contains("\"admissionregistration.k8s.io/")
                || head.contains("\"policy.");
        return candidate && PolicyKinds.mayBePolicy(CanonicalJson.parseObject(canonical));
    }
}
