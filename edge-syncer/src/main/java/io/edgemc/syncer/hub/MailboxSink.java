package io.edgemc.syncer.hub;

import io.edgemc.api.agent.MailboxLine;
import java.io.IOException;

/** Takes the lines of one delivery. What it took counts only when the poll returns true; else the delivery was cut off. */
public interface MailboxSink {
    /** First, exactly once. */
    void head(MailboxLine.Head head) throws IOException;

    /** Every entry line, in order. */
    void entry(MailboxLine line) throws IOException;
}
