package io.edgemc.mailbox.enrol;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Join tokens: one use, a short life, one cluster. Thread-safe. */
public final class JoinTokens {
    /** A token's life if none is asked for. */
    public static final Duration DEFAULT_LIFE = Duration.ofHours(1);

    /** The longest life that may be asked for. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private static final int BYTES = 32;

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final SecureRandom random;

    public JoinTokens(JdbcTemplate jdbc, Clock clock, SecureRandom random) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    /** A new token for a cluster that has a mailbox. */
    public JoinToken issue(String clusterUid, Duration life) {
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("a join token lives up to " + LONGEST_LIFE.toDays() + " days");
        }
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(life);
        jdbc.update(
                "insert into join_token (hash, cluster_uid, created_at, expires_at) values (?, ?, ?, ?)",
                TokenHash.of(text).bytes(),
                clusterUid,
                Timestamp.from(now),
                Timestamp.from(expiresAt));
        return new JoinToken(text, clusterUid, expiresAt);
    }

    /** What a token is good for. */
    sealed interface Verdict {
        /** It opens this cluster, and is used up if the transaction commits. */
        record Opens(String clusterUid, String clusterName) implements Verdict {}

        /** It opens nothing; the reason is for the log alone. */
        record Refused(String reason) implements Verdict {}
    }

    /** Looks at a token and uses it up, inside a transaction. */
    Verdict redeem(TokenHash hash) {
        Timestamp now = Timestamp.from(clock.instant());
        List<Verdict> verdicts = jdbc.query(
                "select t.cluster_uid, m.cluster_name, t.used_at is not null, t.expires_at <= ? "
                        + "from join_token t join mailbox m using (cluster_uid) where t.hash = ? for update of t",
                (row, i) -> row.getBoolean(3)
                        ? new Verdict.Refused("used")
                        : row.getBoolean(4)
                                ? new Verdict.Refused("expired")
                                : new Verdict.Opens(row.getString(1), row.getString(2)),
                now,
                hash.bytes());
        if (verdicts.isEmpty()) {
            return new Verdict.Refused("unknown");
        }
        if (verdicts.getFirst() instanceof Verdict.Opens) {
            jdbc.update("update join_token set used_at = ? where hash = ?", now, hash.bytes());
        }
        return verdicts.getFirst();
    }

    /** Forgets tokens that have been of no use for a day. */
    public int forgetOld() {
        Timestamp yesterday = Timestamp.from(clock.instant().minus(Duration.ofDays(1)));
        return jdbc.update("delete from join_token where expires_at < ?", yesterday);
    }
}
