package io.edgemc.kube.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Sends bytes as they are; a client that knew HTTP would refuse to send half of what is tested. Thread-safe. */
public final class RawClient {
    /** How long an answer may take; generous, so that only what hangs is caught. In milliseconds. */
    private static final int GUARD = 60_000;

    private final URI address;

    public RawClient(URI address) {
        this.address = address;
    }

    /**
     * A request.
     *
     * @param path with its query, as it goes onto the wire below the server's address
     * @param headers whole lines
     */
    public record Sent(String method, String path, List<String> headers, byte[] body) {
        public static Sent of(String method, String path, String media, String body) {
            return new Sent(method, path, List.of("Content-Type: " + media), body.getBytes(StandardCharsets.UTF_8));
        }

        /** In full, so that it can be repeated by hand; bytes beyond ASCII as {@code \xff}. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(method + " " + path + "\n" + String.join("\n", headers) + "\n\n");
            for (byte b : body) {
                text.append(
                        b >= ' ' && b < 127 || b == '\n' ? String.valueOf((char) b) : "\\x%02x".formatted(b & 0xff));
            }
            return text.toString();
        }
    }

    /** An answer; {@code head} with its status line, in lower case. */
    public record Answer(int status, String head, String body) {}

    /** Throws {@link AssertionError} if no whole answer comes. */
    public Answer send(Sent request) {
        boolean chunked = request.headers().stream()
                .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("transfer-encoding"));
        String head = request.method() + " " + address.getRawPath() + request.path() + " HTTP/1.1\r\n"
                + "Host: " + address.getAuthority() + "\r\nConnection: close\r\n"
                + (chunked ? "" : "Content-Length: " + request.body().length + "\r\n")
                + String.join(
                        "",
                        request.headers().stream()
                                .map(header -> header + "\r\n")
                                .toList())
                + "\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), GUARD);
            socket.setSoTimeout(GUARD);
            write(socket, head.getBytes(StandardCharsets.UTF_8), request.body());
            return answer(read(socket.getInputStream()));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer to\n" + request, e);
        } catch (IOException e) {
            throw new AssertionError(e + " for\n" + request, e);
        }
    }

    /** A server may answer, and close, before it read all. */
    private static void write(Socket socket, byte[] head, byte[] body) {
        try {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // what it answered is read all the same
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 << 10];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    private static Answer answer(byte[] bytes) throws IOException {
        // A character a byte: chunks end where they end, also within a character.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            throw new IOException("no HTTP answer: '" + text + "'");
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new Answer(
                Integer.parseInt(text.substring(9, 12)),
                head,
                head.contains("transfer-encoding: chunked")
                        ? unchunked(body)
                        : new String(body, StandardCharsets.UTF_8));
    }

    private static String unchunked(byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int line = at;
            while (line < bytes.length && bytes[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(bytes, at, line - at, StandardCharsets.US_ASCII).strip(), 16);
            if (size == 0) {
                break;
            }
            all.write(bytes, line + 2, Math.min(size, bytes.length - line - 2));
            at = line + 2 + size + 2;
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
