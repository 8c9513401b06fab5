package io.edgemc.kube.cel;

import static io.edgemc.kube.cel.KubeTypes.SEMVER;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.edgemc.kube.cel.KubeFunctions.Library;
import java.util.List;

/** Semantic versions: {@code semver}, {@code isSemver}, parts, comparisons. */
final class SemverFunctions {
    private SemverFunctions() {}

    static void addTo(Library library) {
        List<CelType> text = List.of(SimpleType.STRING);
        List<CelType> normalized = List.of(SimpleType.STRING, SimpleType.BOOL);
        library.global("semver", SEMVER, text, SemverFunctions::parsed);
        library.global("semver", SEMVER, normalized, SemverFunctions::parsed);
        library.global("isSemver", SimpleType.BOOL, text, SemverFunctions::isOne);
        library.global("isSemver", SimpleType.BOOL, normalized, SemverFunctions::isOne);
        List<CelType> one = List.of(SEMVER);
        library.member("major", SimpleType.INT, one, all -> version(all, 0).major());
        library.member("minor", SimpleType.INT, one, all -> version(all, 0).minor());
        library.member("patch", SimpleType.INT, one, all -> version(all, 0).patch());
        List<CelType> two = List.of(SEMVER, SEMVER);
        library.member("compareTo", SimpleType.INT, two, all -> (long) compared(all));
        library.member("isGreaterThan", SimpleType.BOOL, two, all -> compared(all) > 0);
        library.member("isLessThan", SimpleType.BOOL, two, all -> compared(all) < 0);
    }

    private static Semver parsed(Object[] all) {
        String text = (String) all[0];
        return all.length > 1 && (Boolean) all[1] ? Semver.parseNormalized(text) : Semver.parse(text);
    }

    private static boolean isOne(Object[] all) {
        try {
            parsed(all);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Semver version(Object[] all, int index) {
        return (Semver) all[index];
    }

    private static int compared(Object[] all) {
        return Integer.signum(version(all, 0).compareTo(version(all, 1)));
    }
}
