package io.edgemc.syncer.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes of bounded length. */
public final class Lines implements Closeable {
    private final InputStream in;
    private final int maxLength;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int limit;

    public Lines(InputStream in, int maxLength) {
        this.in = in;
        this.maxLength = maxLength;
    }

    /** The next line that is not empty, without its end; null at the end of the stream. */
    public byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (true) {
            if (position == limit) {
                position = 0;
                limit = in.read(buffer, 0, buffer.length);
                if (limit < 0) {
                    limit = 0;
                    return line.size() == 0 ? null : line.toByteArray();
                }
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, position, end - position);
            if (line.size() > maxLength) {
                throw new IOException("a line is longer than " + maxLength + " bytes");
            }
            boolean complete = end < limit;
            position = complete ? end + 1 : end;
            if (complete && line.size() > 0) {
                return line.toByteArray();
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
