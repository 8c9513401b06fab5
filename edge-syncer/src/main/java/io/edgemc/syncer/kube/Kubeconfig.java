package io.edgemc.syncer.kube;

import io.edgemc.syncer.identity.MutualTls;
import io.edgemc.syncer.identity.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads what a kubeconfig says of one context: server, authority, client certificate or token, each as data or as a file. Plug-ins
 * ({@code exec}), passwords and {@code insecure-skip-tls-verify} are refused.
 */
public final class Kubeconfig {
    private static final int MAX_BYTES = 1024 * 1024;

    private final Path folder;
    private final Map<?, ?> root;

    private Kubeconfig(Path folder, Map<?, ?> root) {
        this.folder = folder;
        this.root = root;
    }

    /**
     * @param context name of a context, null for the current one
     * @throws IOException if the file cannot be read or does not say enough
     */
    public static KubeAccess access(Path file, @Nullable String context) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is too large for a kubeconfig");
        }
        try {
            Object parsed = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file, StandardCharsets.UTF_8));
            Path folder = file.toAbsolutePath().getParent();
            if (!(parsed instanceof Map<?, ?> root) || folder == null) {
                throw new IOException(file + " is no kubeconfig");
            }
            return new Kubeconfig(folder, root).access(context);
        } catch (YamlEngineException | IllegalArgumentException e) {
            // The parser's message may quote the file, and so a key.
            throw new IOException(
                    file + " is no usable kubeconfig (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private KubeAccess access(@Nullable String wanted) throws IOException {
        String context = wanted != null ? wanted : required(root, "current-context", "the kubeconfig");
        Map<?, ?> chosen = named("contexts", context, "context");
        Map<?, ?> cluster = named("clusters", required(chosen, "cluster", "context " + context), "cluster");
        Map<?, ?> user = named("users", required(chosen, "user", "context " + context), "user");
        refuse(cluster, "insecure-skip-tls-verify", "tls-server-name", "proxy-url");
        refuse(user, "exec", "auth-provider", "username", "password");
        List<X509Certificate> authorities = Pem.certificates(pem(cluster, "certificate-authority")
                .orElseThrow(() -> new IOException("the kubeconfig names no certificate-authority")));
        Optional<String> certificate = pem(user, "client-certificate");
        PrivateKey key = null;
        List<X509Certificate> chain = List.of();
        if (certificate.isPresent()) {
            chain = Pem.certificates(certificate.get());
            key = Pem.privateKey(pem(user, "client-key")
                    .orElseThrow(
                            () -> new IOException("the kubeconfig has a client-certificate without a client-key")));
        }
        return new KubeAccess(
                URI.create(required(cluster, "server", "the cluster")),
                MutualTls.context(authorities, key, chain),
                token(user));
    }

    private KubeAccess.TokenSource token(Map<?, ?> user) {
        if (user.get("tokenFile") instanceof String file) {
            return new TokenFile(folder.resolve(file));
        }
        return user.get("token") instanceof String token ? () -> token : KubeAccess.TokenSource.NONE;
    }

    private Optional<String> pem(Map<?, ?> section, String field) throws IOException {
        if (section.get(field + "-data") instanceof String data) {
            return Optional.of(new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8));
        }
        if (section.get(field) instanceof String file) {
            return Optional.of(Files.readString(folder.resolve(file), StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    private Map<?, ?> named(String list, String name, String field) throws IOException {
        if (root.get(list) instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> entry
                        && name.equals(entry.get("name"))
                        && entry.get(field) instanceof Map<?, ?> found) {
                    return found;
                }
            }
        }
        throw new IOException("the kubeconfig has no " + field + " " + name);
    }

    private static String required(Map<?, ?> section, String field, String where) throws IOException {
        if (section.get(field) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IOException(where + " has no " + field);
    }

    private static void refuse(Map<?, ?> section, String... fields) throws IOException {
        for (String field : fields) {
            Object value = section.get(field);
            if (value != null && !Boolean.FALSE.equals(value)) {
                throw new IOException("the kubeconfig uses " + field
                        + ", which the syncer does not support; use a client certificate or a token");
            }
        }
    }
}
