package io.edgemc.kube.kind;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kubernetes' order of API versions: GA before beta before alpha, newer before older, other names last. */
public final class VersionOrder {
    private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

    public static final Comparator<String> NEWEST_FIRST = VersionOrder::compare;

    private VersionOrder() {}

    private static int compare(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        Matcher l = VERSION.matcher(left);
        Matcher r = VERSION.matcher(right);
        boolean knowsLeft = l.matches();
        boolean knowsRight = r.matches();
        if (!knowsLeft || !knowsRight) {
            return knowsLeft == knowsRight ? left.compareTo(right) : knowsLeft ? -1 : 1;
        }
        int byStability = Integer.compare(stability(r.group(2)), stability(l.group(2)));
        if (byStability != 0) {
            return byStability;
        }
        int byMajor = Integer.compare(Integer.parseInt(r.group(1)), Integer.parseInt(l.group(1)));
        return byMajor != 0 || l.group(3) == null
                ? byMajor
                : Integer.compare(Integer.parseInt(r.group(3)), Integer.parseInt(l.group(3)));
    }

    private static int stability(@Nullable String suffix) {
        return suffix == null ? 2 : suffix.equals("beta") ? 1 : 0;
    }
}
