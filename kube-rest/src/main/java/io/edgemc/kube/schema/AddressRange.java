package io.edgemc.kube.schema;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses ({@code 10.0.0.0/8}). Nothing is looked up anywhere.
 *
 * @param address as written, with or without bits beyond the prefix
 * @param length of the prefix, in bits
 */
public record AddressRange(InetAddress address, int length) {
    private static final Pattern V4_PART = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern V6_PARTS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    /** Null if the text is no address; names of hosts are none, nor are zones and leading zeros. */
    public static @Nullable InetAddress address(String text) {
        try {
            if (text.indexOf(':') >= 0) {
                InetAddress found = V6_PARTS.matcher(text).matches() ? InetAddress.getByName(text) : null;
                // An IPv4 address in the form of IPv6 is refused, as elsewhere in Kubernetes.
                return found instanceof Inet4Address ? null : found;
            }
            String[] parts = text.split("\\.", -1);
            byte[] bytes = new byte[4];
            if (parts.length != 4) {
                return null;
            }
            for (int i = 0; i < 4; i++) {
                if (!V4_PART.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
                    return null;
                }
                bytes[i] = (byte) Integer.parseInt(parts[i]);
            }
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Null if the text is no range. */
    public static @Nullable AddressRange parsed(String text) {
        int slash = text.indexOf('/');
        InetAddress address = slash < 0 ? null : address(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address == null || !V4_PART.matcher(length).matches()) {
            return null;
        }
        int bits = Integer.parseInt(length);
        return bits > address.getAddress().length * 8 ? null : new AddressRange(address, bits);
    }

    public AddressRange masked() {
        byte[] bytes = address.getAddress();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return new AddressRange(InetAddress.getByAddress(bytes), length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean contains(InetAddress other) {
        int size = address.getAddress().length;
        return other.getAddress().length == size && prefix(other, size).equals(prefix(address, size));
    }

    public boolean contains(AddressRange other) {
        return other.length >= length && contains(other.address);
    }

    private BigInteger prefix(InetAddress any, int size) {
        return new BigInteger(1, any.getAddress()).shiftRight(size * 8 - length);
    }

    /** The shortest usual text: {@code ::1}, not {@code 0:0:0:0:0:0:0:1}. */
    public static String text(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] parts = new int[8];
        for (int i = 0; i < 8; i++) {
            parts[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int best = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && parts[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                best = i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                out.append("::");
                i += longest - 1;
            } else {
                out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(parts[i]));
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return text(address) + "/" + length;
    }
}
