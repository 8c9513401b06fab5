package io.edgemc.kube.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.edgemc.kube.cel.KubeFunctions.Library;
import io.edgemc.kube.schema.Validation;
import java.util.ArrayList;
import java.util.List;

/** Texts: {@code find} and {@code findAll} (in linear time), {@code replace} and {@code join} (with a limit). */
final class TextFunctions {
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType TEXTS = ListType.create(TEXT);

    private TextFunctions() {}

    static void addTo(Library library) {
        library.member("find", TEXT, List.of(TEXT, TEXT), all -> {
            Matcher matcher = pattern(all[1]).matcher((String) all[0]);
            return matcher.find() ? matcher.group() : "";
        });
        library.member("findAll", TEXTS, List.of(TEXT, TEXT), all -> findAll(all, Long.MAX_VALUE));
        library.member("findAll", TEXTS, List.of(TEXT, TEXT, SimpleType.INT), all -> findAll(all, (Long) all[2]));
        library.member("replace", TEXT, List.of(TEXT, TEXT, TEXT), all -> replaced(all, -1));
        library.member("replace", TEXT, List.of(TEXT, TEXT, TEXT, SimpleType.INT), all -> replaced(all, (Long) all[3]));
        library.member("join", TEXT, List.of(TEXTS), all -> joined(all, ""));
        library.member("join", TEXT, List.of(TEXTS, TEXT), all -> joined(all, (String) all[1]));
    }

    static boolean matches(String text, String regex) {
        return pattern(regex).matcher(text).find();
    }

    private static Pattern pattern(Object text) {
        Pattern pattern = Validation.pattern((String) text);
        if (pattern == null) {
            throw KubeTypes.refused("illegal regex: " + text);
        }
        return pattern;
    }

    private static List<String> findAll(Object[] all, long most) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern(all[1]).matcher((String) all[0]);
        while ((most < 0 || found.size() < most) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static String replaced(Object[] all, long most) {
        String text = (String) all[0];
        String old = (String) all[1];
        String fresh = (String) all[2];
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long done = 0; most < 0 || done < most; done++) {
            int at = text.indexOf(old, from);
            // An empty text is found once before each character, and at the end.
            if (at < 0) {
                break;
            }
            Costs.affordable(out.length() + (long) fresh.length());
            out.append(text, from, at).append(fresh);
            from = at + old.length();
            if (old.isEmpty()) {
                if (at >= text.length()) {
                    return out.toString();
                }
                out.append(text.charAt(at));
                from = at + 1;
            }
        }
        return out.append(text, Math.min(from, text.length()), text.length()).toString();
    }

    private static String joined(Object[] all, String between) {
        StringBuilder out = new StringBuilder();
        String separator = "";
        for (Object part : (List<?>) all[0]) {
            Costs.affordable((long) out.length() + ((String) part).length() + separator.length());
            out.append(separator).append((String) part);
            separator = between;
        }
        return out.toString();
    }
}
