package io.edgemc.kube.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import io.edgemc.kube.cel.KubeFunctions.Library;
import java.util.List;

/** Lists: {@code isSorted}, {@code sum}, {@code min}, {@code max}, {@code indexOf}, {@code lastIndexOf}. */
final class ListFunctions {
    private static final CelType ITEM = TypeParamType.create("T");
    private static final CelType LIST = ListType.create(ITEM);

    private ListFunctions() {}

    static void addTo(Library library) {
        library.member("isSorted", SimpleType.BOOL, List.of(LIST), all -> isSorted(list(all)));
        library.member("min", ITEM, List.of(LIST), all -> extreme(list(all), -1));
        library.member("max", ITEM, List.of(LIST), all -> extreme(list(all), 1));
        library.member("sum", SimpleType.INT, List.of(ListType.create(SimpleType.INT)), all -> integers(list(all)));
        library.member(
                "sum",
                SimpleType.DOUBLE,
                List.of(ListType.create(SimpleType.DOUBLE)),
                all -> list(all).stream()
                        .mapToDouble(n -> ((Number) n).doubleValue())
                        .sum());
        library.member("indexOf", SimpleType.INT, List.of(LIST, ITEM), all ->
                (long) list(all).indexOf(all[1]));
        library.member("lastIndexOf", SimpleType.INT, List.of(LIST, ITEM), all ->
                (long) list(all).lastIndexOf(all[1]));
    }

    private static List<?> list(Object[] arguments) {
        return (List<?>) arguments[0];
    }

    private static long integers(List<?> list) {
        long sum = 0;
        for (Object number : list) {
            sum = Math.addExact(sum, ((Number) number).longValue());
        }
        return sum;
    }

    private static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compared(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<?> list, int sign) {
        if (list.isEmpty()) {
            throw KubeTypes.refused(sign < 0 ? "min called on empty list" : "max called on empty list");
        }
        Object best = list.getFirst();
        for (Object item : list) {
            best = compared(item, best) * sign > 0 ? item : best;
        }
        return best;
    }

    @SuppressWarnings("unchecked")
    private static int compared(Object left, Object right) {
        return left instanceof Comparable<?> && left.getClass() == right.getClass()
                ? ((Comparable<Object>) left).compareTo(right)
                : notComparable();
    }

    private static int notComparable() {
        throw KubeTypes.refused("no such overload");
    }
}
