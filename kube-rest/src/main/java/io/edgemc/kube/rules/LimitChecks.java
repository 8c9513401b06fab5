package io.edgemc.kube.rules;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.schema.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** LimitRanges: the least, the most and the defaults of a kind of thing must go together. */
final class LimitChecks {
    private LimitChecks() {}

    static void of(JsonNode limits, Findings findings) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            String path = "spec.limits[" + i + "]";
            JsonNode type = limits.get(i).path("type");
            if (!Names.isLabelKey(type.asString(""))) {
                findings.invalid(path + ".type", type, Names.whyNoLabelKey(type.asString("")));
            }
            if (!types.add(type.asString(""))) {
                findings.duplicate(path + ".type", type);
            }
            one(limits.get(i), path, findings);
        }
    }

    private static void one(JsonNode limit, String path, Findings findings) {
        boolean pod = limit.path("type").asString("").equals("Pod");
        for (String member : List.of("default", "defaultRequest")) {
            if (pod && !limit.path(member).isEmpty()) {
                findings.forbidden(path + "." + member, "may not be specified when `type` is 'Pod'");
            }
        }
        Set<String> names = new TreeSet<>();
        for (String member : List.of("max", "min", "default", "defaultRequest")) {
            if (!pod || !member.startsWith("default")) {
                names.addAll(limit.path(member).propertyNames());
            }
        }
        names.forEach(name -> amounts(limit, name, path, findings));
    }

    private static void amounts(JsonNode limit, String name, String path, Findings findings) {
        Quantity least = amount(limit, "min", name);
        Quantity most = amount(limit, "max", name);
        Quantity request = amount(limit, "defaultRequest", name);
        Quantity usual = amount(limit, "default", name);
        above(least, "min", most, "max", path + ".min[" + name + "]", least, findings);
        above(least, "min", request, "default request", path + ".defaultRequest[" + name + "]", request, findings);
        above(request, "default request", most, "max", path + ".defaultRequest[" + name + "]", request, findings);
        above(request, "default request", usual, "default", path + ".defaultRequest[" + name + "]", request, findings);
        above(least, "min", usual, "default", path + ".default[" + name + "]", least, findings);
        above(usual, "default", most, "max", path + ".default[" + name + "]", usual, findings);
    }

    private static void above(
            @Nullable Quantity low,
            String lowName,
            @Nullable Quantity high,
            String highName,
            String path,
            @Nullable Quantity shown,
            Findings findings) {
        if (low != null && high != null && shown != null && low.compareTo(high) > 0) {
            findings.invalid(
                    path,
                    shown.toString(),
                    lowName + " value " + low + " is greater than " + highName + " value " + high);
        }
    }

    private static @Nullable Quantity amount(JsonNode limit, String member, String name) {
        return Quantity.parsed(limit.path(member).path(name).asString(""));
    }
}
