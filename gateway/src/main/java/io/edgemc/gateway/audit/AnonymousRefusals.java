package io.edgemc.gateway.audit;

import java.time.Clock;

/**
 * Records refusals of callers whom nobody knows, in a log of their own and only so many a second: who sends rubbish without end can
 * neither push the records of known users out nor fill the disk. What is left out is counted in the next record. Thread-safe.
 */
public final class AnonymousRefusals {
    private final AuditLog log;
    private final int perSecond;
    private final Clock clock;
    private long second;
    private int recorded;
    private long leftOut;

    /** @param perSecond how many records a second are kept */
    public AnonymousRefusals(AuditLog log, int perSecond, Clock clock) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("at least one refusal a second is kept");
        }
        this.log = log;
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Records the refusal, or counts it. Never waits for the disk. */
    public synchronized void record(AuditRecord refusal) {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            recorded = 0;
        }
        if (recorded < perSecond && log.offer(leftOut == 0 ? refusal : refusal.after(leftOut))) {
            recorded++;
            leftOut = 0;
        } else {
            leftOut++;
        }
    }
}
