package io.edgemc.kube.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits request paths exactly; what could mean another path to someone else is refused. */
public final class ResourcePath {
    private ResourcePath() {}

    /** Decoded segments. Throws 400 for {@code ..}, encoded slashes, empty segments, control characters, bad encoding. */
    public static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        if (!rawPath.startsWith("/")) {
            throw refused();
        }
        String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
        if (path.isEmpty()) {
            return segments;
        }
        for (String raw : path.substring(1).split("/", -1)) {
            String segment = raw.indexOf('%') < 0 ? raw : decoded(raw);
            if (segment.isEmpty()
                    || segment.equals(".")
                    || segment.equals("..")
                    || segment.chars().anyMatch(c -> c == '/' || c == '\\' || c == ';' || c < ' ' || c == 0x7f)) {
                throw refused();
            }
            segments.add(segment);
        }
        return segments;
    }

    private static String decoded(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (i + 2 >= raw.length()) {
                throw refused();
            }
            int high = Character.digit(raw.charAt(i + 1), 16);
            int low = Character.digit(raw.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                throw refused();
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused();
        }
    }

    private static ApiError refused() {
        return ApiError.badRequest("the request's path holds an empty, relative or wrongly encoded segment");
    }
}
