package io.edgemc.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path that means the same to everybody who reads it: no dots that climb, no empty parts, no hidden separators.
 *
 * @param raw as sent; goes on as it is
 * @param segments decoded, without the slashes
 */
public record RequestPath(String raw, List<String> segments) {
    private static final int LONGEST = 2_048;
    private static final List<String> HIDDEN = List.of("%2f", "%5c", "%00", "%25", "%2e", "%3b");

    public RequestPath {
        segments = List.copyOf(segments);
    }

    /** @throws RefusedPathException when it could mean two things */
    public static RequestPath parse(String raw) throws RefusedPathException {
        if (raw.length() > LONGEST) {
            throw new RefusedPathException("the path is longer than " + LONGEST + " characters");
        }
        if (!raw.startsWith("/")) {
            throw new RefusedPathException("the path does not begin with a slash");
        }
        String lower = raw.toLowerCase(Locale.ROOT);
        for (String hidden : HIDDEN) {
            if (lower.contains(hidden)) {
                throw new RefusedPathException("the path holds an encoded " + name(hidden));
            }
        }
        if (raw.indexOf('\\') >= 0 || raw.indexOf(';') >= 0) {
            throw new RefusedPathException("the path holds a backslash or a semicolon");
        }
        return new RequestPath(raw, segments(raw));
    }

    private static List<String> segments(String raw) throws RefusedPathException {
        List<String> segments = new ArrayList<>();
        String[] parts = raw.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean trailing = i == parts.length - 1;
            if (parts[i].isEmpty() && trailing) {
                break;
            }
            segments.add(segment(parts[i]));
        }
        return segments;
    }

    private static String segment(String part) throws RefusedPathException {
        String decoded = decode(part);
        if (decoded.isEmpty()) {
            throw new RefusedPathException("the path has an empty part");
        }
        if (decoded.equals(".") || decoded.equals("..")) {
            throw new RefusedPathException("the path has a part that is '.' or '..'");
        }
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedPathException("the path holds a control character");
        }
        return decoded;
    }

    private static String decode(String part) throws RefusedPathException {
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] bytes = new byte[part.length()];
        int length = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) hex(part, i + 1);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(String part, int at) throws RefusedPathException {
        int high = at + 1 < part.length() ? Character.digit(part.charAt(at), 16) : -1;
        int low = at + 1 < part.length() ? Character.digit(part.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new RefusedPathException("the path holds a percent sign that encodes nothing");
        }
        return high << 4 | low;
    }

    private static String name(String encoded) {
        return switch (encoded) {
            case "%2f" -> "slash";
            case "%5c" -> "backslash";
            case "%00" -> "null character";
            case "%2e" -> "dot";
            case "%3b" -> "semicolon";
            default -> "percent sign";
        };
    }
}
