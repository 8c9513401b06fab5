package io.edgemc.kube.rules;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Schedules of CronJobs. */
final class Schedules {
    private static final Set<String> NAMED =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private Schedules() {}

    static void check(JsonNode spec, Findings findings) {
        JsonNode schedule = spec.path("schedule");
        String text = schedule.asString("");
        if (text.contains("TZ")) {
            findings.invalid(
                    "spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else if (!text.isEmpty() && !NAMED.contains(text) && !text.startsWith("@every ")) {
            List<String> fields = List.of(text.strip().split("\\s+"));
            if (fields.size() != 5) {
                findings.invalid(
                        "spec.schedule",
                        schedule,
                        "expected exactly 5 fields, found " + fields.size() + ": [" + String.join(" ", fields) + "]");
            }
        }
        JsonNode zone = spec.path("timeZone");
        if (zone.isString() && !isZone(zone.asString())) {
            findings.invalid("spec.timeZone", zone, "unknown time zone " + zone.asString());
        }
    }

    private static boolean isZone(String name) {
        try {
            ZoneId.of(name);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
