package io.edgemc.gateway.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates by bearer tokens of a file, which is read again when it changes. A file that is gone means no tokens; one
 * that is wrong leaves the last good ones, and an error in the log. Thread-safe.
 */
public final class BearerTokens {
    private static final Logger log = LoggerFactory.getLogger(BearerTokens.class);
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 4_096;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Path file;
    private final Clock clock;
    private final AtomicLong lookAgainAt = new AtomicLong(Long.MIN_VALUE);
    private volatile Loaded loaded = new Loaded(null, Map.of());

    private record Loaded(@Nullable FileTime changed, Map<String, TokenEntry> byHash) {}

    public BearerTokens(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Who sent this {@code Authorization} header; empty when it proves nothing. */
    public Optional<Principal> authenticate(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        reloadIfChanged();
        // Looked up by hash: how long it takes tells nothing about a token.
        TokenEntry entry = loaded.byHash.get(
                TokenEntry.hash(authorization.substring(SCHEME.length()).strip()));
        if (entry == null || isExpired(entry)) {
            return Optional.empty();
        }
        return Optional.of(new Principal(entry.user(), new HashSet<>(entry.groups())));
    }

    private boolean isExpired(TokenEntry entry) {
        Instant end = entry.expiresAt();
        return end != null && !clock.instant().isBefore(end);
    }

    private void reloadIfChanged() {
        long now = clock.millis();
        long due = lookAgainAt.get();
        if (now >= due && lookAgainAt.compareAndSet(due, now + LOOK_AGAIN.toMillis())) {
            reload();
        }
    }

    private void reload() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(loaded.changed)) {
                Map<String, TokenEntry> byHash = new HashMap<>();
                TokenFile.read(file).forEach(entry -> byHash.put(entry.sha256(), entry));
                loaded = new Loaded(changed, Map.copyOf(byHash));
                log.info("Read {} bearer tokens", byHash.size());
            }
        } catch (NoSuchFileException e) {
            if (!loaded.byHash.isEmpty() || loaded.changed == null) {
                log.error("There is no token file {}: nobody can authenticate by a token", file);
            }
            loaded = new Loaded(FileTime.fromMillis(0), Map.of());
        } catch (IOException e) {
            log.error("The bearer tokens stay as they were: {}", e.getMessage());
        }
    }
}
