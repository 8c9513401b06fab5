package io.edgemc.kube.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses what is large, if the client takes it; small answers go out with their length. */
final class Zipped extends OutputStream {
    /** As Kubernetes: below this, compression costs more than it saves. */
    private static final int LARGE = 128 << 10;

    private static final int FAST = 1;

    private final HttpServletResponse response;
    private final boolean zips;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private @Nullable OutputStream open;

    private Zipped(HttpServletResponse response, boolean zips) {
        this.response = response;
        this.zips = zips;
    }

    static OutputStream over(HttpServletRequest request, HttpServletResponse response) {
        String accepted = request.getHeader("Accept-Encoding");
        return new Zipped(response, accepted != null && accepted.contains("gzip"));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        OutputStream out = open;
        if (out == null && held.size() + length <= LARGE) {
            held.write(bytes, offset, length);
            return;
        }
        if (out == null) {
            out = begun();
        }
        out.write(bytes, offset, length);
    }

    private OutputStream begun() throws IOException {
        OutputStream out = response.getOutputStream();
        if (zips) {
            response.setHeader("Content-Encoding", "gzip");
            response.addHeader("Vary", "Accept-Encoding");
            out = new GZIPOutputStream(out, 32 << 10) {
                {
                    def.setLevel(FAST);
                }
            };
        }
        held.writeTo(out);
        held.reset();
        open = out;
        return out;
    }

    @Override
    public void close() throws IOException {
        OutputStream out = open;
        if (out == null) {
            response.setContentLength(held.size());
            held.writeTo(response.getOutputStream());
        } else {
            out.close();
        }
    }
}
