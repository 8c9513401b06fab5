package io.edgemc.kube.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an API server warns of in Secrets: a pair of certificate and key that Go's TLS library could not use. */
public final class SecretWarnings {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    private SecretWarnings() {}

    /** As far as the PEM blocks tell; what is in them is not looked at. */
    public static List<String> of(ObjectNode secret) {
        if (!secret.path("type").asString("").equals("kubernetes.io/tls")) {
            return List.of();
        }
        List<String> certificates = blocks(secret.path("data").path("tls.crt"));
        List<String> keys = blocks(secret.path("data").path("tls.key"));
        if (certificates.isEmpty()) {
            return List.of("tls: failed to find any PEM data in certificate input");
        }
        if (!certificates.contains("CERTIFICATE")) {
            return certificates.size() == 1 && isKey(certificates.getFirst())
                    ? List.of("tls: failed to find certificate PEM data in certificate input, but did find a private"
                            + " key; PEM inputs may have been switched")
                    : List.of("tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM"
                            + " blocks of the following types: " + certificates);
        }
        if (keys.isEmpty()) {
            return List.of("tls: failed to find any PEM data in key input");
        }
        if (keys.stream().noneMatch(SecretWarnings::isKey)) {
            return keys.size() == 1 && keys.getFirst().equals("CERTIFICATE")
                    ? List.of("tls: found a certificate rather than a key in the PEM for the private key")
                    : List.of("tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after"
                            + " skipping PEM blocks of the following types: " + keys);
        }
        return List.of();
    }

    private static boolean isKey(String block) {
        return block.equals("PRIVATE KEY") || block.endsWith(" PRIVATE KEY");
    }

    private static List<String> blocks(JsonNode encoded) {
        List<String> names = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(encoded));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String text(JsonNode encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded.asString("")), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
