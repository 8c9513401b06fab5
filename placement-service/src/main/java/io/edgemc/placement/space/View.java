package io.edgemc.placement.space;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One Kubernetes-shaped view: a space, the inventory, or the system's own objects. */
public record View(String id) {
    public static final View INVENTORY = new View("inventory");
    public static final View SYSTEM = new View("system");
    private static final String SPACE = "space:";

    public View {
        Objects.requireNonNull(id);
        if (!id.equals("inventory")
                && !id.equals("system")
                && !(id.startsWith(SPACE) && id.length() > SPACE.length())) {
            throw new IllegalArgumentException("not a view: " + id);
        }
    }

    public static View ofSpace(String name) {
        return new View(SPACE + name);
    }

    public boolean isSpace() {
        return id.startsWith(SPACE);
    }

    /** The space's name; null if this is not a space. */
    public @Nullable String space() {
        return isSpace() ? id.substring(SPACE.length()) : null;
    }

    @Override
    public String toString() {
        return id;
    }
}
