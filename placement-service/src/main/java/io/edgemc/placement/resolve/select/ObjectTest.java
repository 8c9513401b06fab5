package io.edgemc.placement.resolve.select;

import io.edgemc.api.object.LabelSelector;
import io.edgemc.placement.resolve.select.FieldError.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which objects: an AND of criteria, of which at least one discriminates (the domain rules, §3).
 *
 * @param apiGroup null for every group, {@code ""} for core
 * @param resources lowercase plurals; empty for all
 * @param namespaces names, {@code *} for any; empty for all. A list matches a cluster-scoped object only by {@code *}
 * @param namespaceSelectors empty for all; for a cluster-scoped object one of them must be the empty selector
 * @param objectNames names; empty for all
 * @param objectSelectors empty for all
 */
public record ObjectTest(
        @Nullable String apiGroup,
        List<String> resources,
        List<String> namespaces,
        List<LabelSelector> namespaceSelectors,
        List<String> objectNames,
        List<LabelSelector> objectSelectors) {
    private static final String ANY = "*";

    public ObjectTest {
        resources = withoutAny(resources);
        namespaces = List.copyOf(namespaces);
        namespaceSelectors = List.copyOf(namespaceSelectors);
        objectNames = withoutAny(objectNames);
        objectSelectors = List.copyOf(objectSelectors);
    }

    public boolean matches(Selectable object) {
        return (apiGroup == null || apiGroup.equals(object.key().group()))
                && (resources.isEmpty() || resources.contains(object.key().resource()))
                && (objectNames.isEmpty() || objectNames.contains(object.key().name()))
                && namespaceMatches(object)
                && namespaceSelectorMatches(object)
                && (objectSelectors.isEmpty() || LabelSelector.anyMatches(objectSelectors, object.labels()));
    }

    /** Whether labels of namespaces matter. */
    public boolean readsNamespaces() {
        return !namespaceSelectors.isEmpty();
    }

    /** Whether every resource of its groups may match. */
    public boolean anyResource() {
        return resources.isEmpty();
    }

    private boolean namespaceMatches(Selectable object) {
        if (namespaces.isEmpty() || namespaces.contains(ANY)) {
            return true;
        }
        return object.namespaced() && namespaces.contains(object.key().namespace());
    }

    private boolean namespaceSelectorMatches(Selectable object) {
        if (namespaceSelectors.isEmpty()) {
            return true;
        }
        if (object.namespaced()) {
            return LabelSelector.anyMatches(namespaceSelectors, object.namespaceLabels());
        }
        for (LabelSelector selector : namespaceSelectors) {
            if (selector.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Reads the criteria; the members beside them are the caller's. */
    public static ObjectTest read(FieldReader in) {
        String group = in.text("apiGroup");
        List<String> resources = in.texts("resources");
        for (String resource : resources) {
            if (!resource.equals(resource.toLowerCase(Locale.ROOT)) || resource.contains("/")) {
                in.error(
                        "resources",
                        Code.INVALID,
                        "must be lowercase plurals without subresource: \"" + resource + "\"");
            }
        }
        if (resources.contains(ANY) && resources.size() > 1) {
            in.error("resources", Code.INVALID, "* must stand alone");
        }
        List<LabelSelector> selectors = new ArrayList<>(in.objects("objectSelectors", LabelSelectors::read));
        selectors.addAll(in.objects("labelSelectors", LabelSelectors::read));
        ObjectTest test = new ObjectTest(
                group,
                resources,
                in.texts("namespaces"),
                in.objects("namespaceSelectors", LabelSelectors::read),
                in.texts("objectNames"),
                selectors);
        if (!test.discriminates()) {
            in.error(
                    Code.REQUIRED,
                    "at least one of apiGroup, resources, namespaces, namespaceSelectors, objectNames, "
                            + "objectSelectors must narrow the selection");
        }
        return test;
    }

    private boolean discriminates() {
        return apiGroup != null
                || !resources.isEmpty()
                || !(namespaces.isEmpty() || namespaces.contains(ANY))
                || narrows(namespaceSelectors)
                || !objectNames.isEmpty()
                || narrows(objectSelectors);
    }

    private static boolean narrows(List<LabelSelector> selectors) {
        return !selectors.isEmpty() && selectors.stream().noneMatch(LabelSelector::isEmpty);
    }

    private static List<String> withoutAny(List<String> values) {
        return values.contains(ANY) ? List.of() : List.copyOf(values);
    }
}
