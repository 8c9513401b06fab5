package io.edgemc.kube.cel;

import static io.edgemc.kube.cel.KubeTypes.QUANTITY;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.edgemc.kube.cel.KubeFunctions.Library;
import io.edgemc.kube.schema.Quantity;
import java.math.BigDecimal;
import java.util.List;

/** Quantities: {@code quantity}, {@code isQuantity}, comparisons, sums. */
final class QuantityFunctions {
    private QuantityFunctions() {}

    static void addTo(Library library) {
        library.global("quantity", QUANTITY, List.of(SimpleType.STRING), all -> {
            Quantity quantity = Quantity.parsed((String) all[0]);
            if (quantity == null) {
                throw KubeTypes.refused(Quantity.RULE);
            }
            return quantity;
        });
        library.global(
                "isQuantity",
                SimpleType.BOOL,
                List.of(SimpleType.STRING),
                all -> Quantity.parsed((String) all[0]) != null);
        List<CelType> two = List.of(QUANTITY, QUANTITY);
        List<CelType> andNumber = List.of(QUANTITY, SimpleType.INT);
        library.member("compareTo", SimpleType.INT, two, all -> (long) compared(all));
        library.member("isGreaterThan", SimpleType.BOOL, two, all -> compared(all) > 0);
        library.member("isLessThan", SimpleType.BOOL, two, all -> compared(all) < 0);
        library.member(
                "add", QUANTITY, two, all -> number(all, 0).plus(number(all, 1).value()));
        library.member(
                "sub",
                QUANTITY,
                two,
                all -> number(all, 0).plus(number(all, 1).value().negate()));
        library.member("add", QUANTITY, andNumber, all -> number(all, 0).plus(BigDecimal.valueOf((Long) all[1])));
        library.member(
                "sub",
                QUANTITY,
                andNumber,
                all -> number(all, 0).plus(BigDecimal.valueOf((Long) all[1]).negate()));
        List<CelType> one = List.of(QUANTITY);
        library.member("sign", SimpleType.INT, one, all ->
                (long) number(all, 0).value().signum());
        library.member("isInteger", SimpleType.BOOL, one, all -> number(all, 0).isInteger());
        library.member("asInteger", SimpleType.INT, one, all -> {
            if (!number(all, 0).isInteger()) {
                throw KubeTypes.refused("cannot convert value to integer");
            }
            return number(all, 0).value().longValueExact();
        });
        library.member(
                "asApproximateFloat",
                SimpleType.DOUBLE,
                one,
                all -> number(all, 0).value().doubleValue());
    }

    private static Quantity number(Object[] all, int index) {
        return (Quantity) all[index];
    }

    private static int compared(Object[] all) {
        return number(all, 0).value().compareTo(number(all, 1).value());
    }
}
