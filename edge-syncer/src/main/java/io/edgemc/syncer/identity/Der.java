package io.edgemc.syncer.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few DER encodings that a certificate request and the older private key forms need. */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int NULL = 0x05;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, join(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(SET, join(parts));
    }

    /** A non-negative number below 128. */
    static byte[] integer(int small) {
        return tagged(INTEGER, new byte[] {(byte) small});
    }

    static byte[] octets(byte[] content) {
        return tagged(OCTET_STRING, content);
    }

    static byte[] bits(byte[] content) {
        byte[] withUnused = new byte[content.length + 1];
        System.arraycopy(content, 0, withUnused, 1, content.length);
        return tagged(BIT_STRING, withUnused);
    }

    static byte[] none() {
        return tagged(NULL, new byte[0]);
    }

    static byte[] text(String text) {
        return tagged(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An object identifier in dotted form. */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            base128(Long.parseLong(arcs[i]), out);
        }
        return tagged(OBJECT_ID, out.toByteArray());
    }

    /** A constructed, context-specific element such as {@code [0]}. */
    static byte[] context(int number, byte[] content) {
        return tagged(0xa0 | number, content);
    }

    private static void base128(long arc, ByteArrayOutputStream out) {
        int groups = Math.max(1, (64 - Long.numberOfLeadingZeros(arc) + 6) / 7);
        for (int i = groups - 1; i > 0; i--) {
            out.write((int) (arc >>> 7 * i & 0x7f) | 0x80);
        }
        out.write((int) (arc & 0x7f));
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (32 - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >>> 8 * i);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
