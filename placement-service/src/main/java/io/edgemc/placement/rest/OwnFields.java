package io.edgemc.placement.rest;

import io.edgemc.door.access.Role;
import io.edgemc.placement.resolve.select.FieldError;
import io.edgemc.placement.resolve.select.FieldError.Code;
import io.edgemc.placement.resolve.select.FieldReader;
import io.edgemc.placement.resolve.select.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the kinds that placement itself does not read must look like: an unknown member is an error. */
final class OwnFields {
    private static final Set<String> WITH_STATUS = Set.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final int MAX_SPACE_NAME = 63;

    private OwnFields() {}

    /** What is wrong with an object of this resource; empty for a resource that is not among them. */
    static List<FieldError> check(String resource, ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        switch (resource) {
            case "clusters" -> cluster(object, errors);
            case "spaces" -> space(object, errors);
            case "accessgrants" -> grant(object, errors);
            case "customtransforms" -> transform(object, errors);
            case "summarydefinitions" -> top(object, errors);
            default -> {
                // Placement's own validators look at it.
            }
        }
        return errors;
    }

    private static void cluster(ObjectNode object, List<FieldError> errors) {
        top(object, errors);
        FieldReader spec = FieldReader.of(object, "spec", errors);
        spec.textMap("properties");
        spec.objects("taints", taint -> {
            taint.requiredText("key");
            taint.text("value");
            taint.choice("effect", Taint.Effect.class, Taint.Effect.NoSelect);
            taint.finish();
            return taint;
        });
        spec.choice("mode", Mode.class, Mode.Full);
        spec.flag("paused");
        spec.has("predeployed");
        spec.finish();
    }

    /** Modes of a cluster (the domain rules, §9). */
    private enum Mode {
        Full,
        Predeployed,
        MailboxApi,
        MailboxApiTunnel
    }

    private static void space(ObjectNode object, List<FieldError> errors) {
        top(object, errors);
        String name = object.at("/metadata/name").asString("");
        if (name.length() > MAX_SPACE_NAME || name.contains(".")) {
            errors.add(new FieldError(
                    "metadata.name", Code.INVALID, "a space's name is at most 63 characters and has no dots"));
        }
        FieldReader spec = FieldReader.of(object, "spec", errors);
        spec.text("displayName");
        spec.text("description");
        spec.finish();
    }

    private static void grant(ObjectNode object, List<FieldError> errors) {
        top(object, errors);
        FieldReader spec = FieldReader.of(object, "spec", errors);
        int subjects = spec.objects("subjects", subject -> {
                    String user = subject.text("user");
                    String group = subject.text("group");
                    if ((user == null || user.isEmpty()) == (group == null || group.isEmpty())) {
                        subject.error(Code.REQUIRED, "exactly one of user and group is required");
                    }
                    subject.finish();
                    return subject;
                })
                .size();
        if (subjects == 0) {
            spec.error("subjects", Code.REQUIRED, "at least one subject is required");
        }
        Role role = Role.of(spec.requiredText("role")).orElse(null);
        List<String> spaces = spec.texts("spaces");
        if (role == null) {
            spec.error("role", Code.NOT_SUPPORTED, "no such role");
        } else if (role.scope() == Role.Scope.NAMED_SPACES && spaces.isEmpty()) {
            spec.error("spaces", Code.REQUIRED, "role " + role.text() + " is for named spaces");
        }
        spec.finish();
    }

    private static void transform(ObjectNode object, List<FieldError> errors) {
        top(object, errors);
        FieldReader spec = FieldReader.of(object, "spec", errors);
        spec.text("apiGroup");
        spec.requiredText("resource");
        spec.texts("remove");
        spec.finish();
    }

    private static void top(ObjectNode object, List<FieldError> errors) {
        for (String member : object.propertyNames()) {
            if (!WITH_STATUS.contains(member)) {
                errors.add(new FieldError(member, Code.UNKNOWN, "unknown field"));
            }
        }
    }
}
