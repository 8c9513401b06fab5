package io.edgemc.kube.cel;

import static io.edgemc.kube.cel.KubeTypes.FORMAT;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import io.edgemc.kube.api.Names;
import io.edgemc.kube.cel.KubeFunctions.Library;
import io.edgemc.kube.schema.Formats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Named formats: {@code format.dns1123Label().validate(self)} is empty for what fits. */
final class FormatFunctions {
    /** A format; {@code words} say what does not fit. */
    record Named(String name, Predicate<String> fits, String words) {}

    private static final Map<String, Named> FORMATS = formats();

    private FormatFunctions() {}

    private static Map<String, Named> formats() {
        Map<String, Named> all = new LinkedHashMap<>();
        add(all, "dns1123Label", Names::isLabel, Names.LABEL_RULE);
        add(all, "dns1123Subdomain", Names::isSubdomain, Names.SUBDOMAIN_RULE);
        add(all, "dns1035Label", Names::isLabel1035, Names.LABEL_1035_RULE);
        add(all, "dns1123LabelPrefix", text -> Names.isLabel(prefix(text)), Names.LABEL_RULE);
        add(all, "dns1123SubdomainPrefix", text -> Names.isSubdomain(prefix(text)), Names.SUBDOMAIN_RULE);
        add(all, "dns1035LabelPrefix", text -> Names.isLabel1035(prefix(text)), Names.LABEL_1035_RULE);
        add(all, "labelValue", Names::isLabelValue, Names.VALUE_RULE);
        add(all, "qualifiedName", Names::isLabelKey, Names.QUALIFIED_RULE);
        add(all, "uri", text -> Formats.fits("uri", text), "invalid URI");
        add(all, "uuid", text -> Formats.fits("uuid", text), "does not match the UUID format");
        add(all, "byte", text -> Formats.fits("byte", text), "invalid base64");
        add(all, "date", text -> Formats.fits("date", text), "invalid date");
        add(all, "datetime", text -> Formats.fits("date-time", text), "invalid datetime");
        return all;
    }

    private static void add(Map<String, Named> all, String name, Predicate<String> fits, String words) {
        all.put(name, new Named(name, fits, words));
    }

    private static String prefix(String text) {
        return text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
    }

    static void addTo(Library library) {
        FORMATS.forEach((name, format) -> library.global("format." + name, FORMAT, List.of(), all -> format));
        library.global(
                "format.named",
                OptionalType.create(FORMAT),
                List.of(SimpleType.STRING),
                all -> Optional.ofNullable(FORMATS.get((String) all[0])));
        library.member(
                "validate",
                OptionalType.create(ListType.create(SimpleType.STRING)),
                List.of(FORMAT, SimpleType.STRING),
                all -> {
                    Named format = (Named) all[0];
                    return format.fits().test((String) all[1])
                            ? Optional.empty()
                            : Optional.of(List.of(format.words()));
                });
    }
}
