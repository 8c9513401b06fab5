package io.edgemc.summarizer.contribution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What one source (a reported object, or the placements of a cluster) puts into which groups. Kept beside the source, so that
 * exactly what was added is taken back, whatever became of the definition meanwhile. Immutable.
 */
public final class Contributions {
    public static final Contributions NONE = new Contributions(Map.of());

    private final Map<Slot, Totals> bySlot;

    Contributions(Map<Slot, Totals> bySlot) {
        this.bySlot = bySlot;
    }

    /** What must be added to the groups so that this takes the place of {@code before}; silent where nothing differs. */
    public void differenceTo(Contributions before, BiConsumer<Slot, Totals> change) {
        before.bySlot.forEach((slot, was) -> {
            Totals difference = bySlot.getOrDefault(slot, Totals.ZERO).minus(was);
            if (!difference.isZero()) {
                change.accept(slot, difference);
            }
        });
        bySlot.forEach((slot, is) -> {
            if (!before.bySlot.containsKey(slot)) {
                change.accept(slot, is);
            }
        });
    }

    public boolean isEmpty() {
        return bySlot.isEmpty();
    }

    public Map<Slot, Totals> bySlot() {
        return Map.copyOf(bySlot);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Contributions contributions && bySlot.equals(contributions.bySlot);
    }

    @Override
    public int hashCode() {
        return bySlot.hashCode();
    }

    @JsonValue
    List<Line> lines() {
        return bySlot.entrySet().stream()
                .map(entry -> new Line(entry.getKey(), entry.getValue()))
                .toList();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Contributions of(List<Line> lines) {
        Map<Slot, Totals> bySlot = new LinkedHashMap<>();
        lines.forEach(line -> bySlot.put(line.slot, line.totals));
        return new Contributions(bySlot);
    }

    /** The form in which contributions are stored. */
    record Line(Slot slot, Totals totals) {}
}
