package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.NONE;
import static io.edgemc.kube.read.columns.CellText.UNSET;
import static io.edgemc.kube.read.columns.CellText.at;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What runs an API server: roles, admission, certificates, flow control, API services; and devices. */
final class AdministrationColumns {
    private AdministrationColumns() {}

    static void addTo(Registry registry) {
        for (String bindings : List.of("rolebindings", "clusterrolebindings")) {
            String kind = bindings + ".rbac.authorization.k8s.io/";
            registry.text(kind + "Role", o -> at(o, "roleRef.kind") + "/" + at(o, "roleRef.name"));
            registry.text(kind + "Users", o -> subjects(o, "User"));
            registry.text(kind + "Groups", o -> subjects(o, "Group"));
            registry.text(kind + "ServiceAccounts", o -> subjects(o, "ServiceAccount"));
        }
        for (String policies : List.of("validatingadmissionpolicies", "mutatingadmissionpolicies")) {
            registry.text(policies + ".admissionregistration.k8s.io/ParamKind", policy -> {
                JsonNode kind = policy.path("spec").path("paramKind");
                return kind.isObject() ? at(kind, "apiVersion") + "/" + at(kind, "kind") : UNSET;
            });
        }
        for (String bindings : List.of("validatingadmissionpolicybindings", "mutatingadmissionpolicybindings")) {
            registry.text(bindings + ".admissionregistration.k8s.io/ParamRef", AdministrationColumns::parameters);
        }
        registry.text("apiservices.apiregistration.k8s.io/Service", service -> {
            JsonNode reference = service.path("spec").path("service");
            return reference.isObject() ? at(reference, "namespace") + "/" + at(reference, "name") : "Local";
        });
        registry.text("apiservices.apiregistration.k8s.io/Available", AdministrationColumns::available);
        registry.text("certificatesigningrequests.certificates.k8s.io/RequestedDuration", request -> {
            JsonNode seconds = request.path("spec").path("expirationSeconds");
            return seconds.isNumber() ? Ages.text(Duration.ofSeconds(seconds.asLong())) : NONE;
        });
        registry.text("certificatesigningrequests.certificates.k8s.io/Condition", AdministrationColumns::condition);
        registry.text("flowschemas.flowcontrol.apiserver.k8s.io/MissingPL", schema -> {
            String dangling = CellText.condition(schema, "Dangling");
            return dangling.isEmpty() ? "?" : dangling;
        });
        limits(registry, "NominalConcurrencyShares", "nominalConcurrencyShares");
        limits(registry, "Queues", "limitResponse.queuing.queues");
        limits(registry, "HandSize", "limitResponse.queuing.handSize");
        limits(registry, "QueueLengthLimit", "limitResponse.queuing.queueLengthLimit");
        registry.text("resourceclaims.resource.k8s.io/State", AdministrationColumns::claimState);
    }

    private static void limits(Registry registry, String column, String path) {
        registry.add("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io/" + column, row -> {
            JsonNode spec = row.object().path("spec");
            JsonNode value = CellText.node(spec.path(spec.has("limited") ? "limited" : "exempt"), path);
            return value.isNumber() ? value : JsonNodeFactory.instance.stringNode(NONE);
        });
    }

    private static String subjects(JsonNode binding, String kind) {
        List<String> names = new ArrayList<>();
        for (JsonNode subject : binding.path("subjects")) {
            if (at(subject, "kind").equals(kind)) {
                boolean account = kind.equals("ServiceAccount");
                names.add((account ? at(subject, "namespace") + "/" : "") + at(subject, "name"));
            }
        }
        return String.join(", ", names);
    }

    private static String parameters(JsonNode binding) {
        JsonNode reference = binding.path("spec").path("paramRef");
        if (!reference.isObject()) {
            return UNSET;
        }
        if (reference.path("selector").isObject()) {
            return structure(reference.path("selector"));
        }
        String namespace = at(reference, "namespace");
        return (namespace.isEmpty() ? "*" : namespace) + "/" + at(reference, "name");
    }

    /** As Go prints the structure; whoever reads the column sees that, too. */
    private static String structure(JsonNode selector) {
        StringBuilder text = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
        selector.path("matchLabels").properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> text.append(label.getKey())
                        .append(": ")
                        .append(label.getValue().asString(""))
                        .append(','));
        text.append("},MatchExpressions:[]LabelSelectorRequirement{");
        for (JsonNode expression : selector.path("matchExpressions")) {
            text.append("LabelSelectorRequirement{Key:")
                    .append(at(expression, "key"))
                    .append(",Operator:")
                    .append(at(expression, "operator"))
                    .append(",Values:[")
                    .append(String.join(" ", CellText.texts(expression.path("values"), v -> v.asString(""))))
                    .append("],},");
        }
        return text.append("},}").toString();
    }

    private static String available(JsonNode service) {
        JsonNode condition = CellText.find(service, "Available");
        String status = at(condition, "status");
        return status.isEmpty()
                ? "Unknown"
                : status.equals("True") ? status : status + " (" + at(condition, "reason") + ")";
    }

    private static String condition(JsonNode request) {
        boolean denied = CellText.find(request, "Denied").isObject();
        boolean approved = CellText.find(request, "Approved").isObject();
        return (denied ? "Denied" : approved ? "Approved" : "Pending")
                + (CellText.find(request, "Failed").isObject() ? ",Failed" : "")
                + (at(request, "status.certificate").isEmpty() ? "" : ",Issued");
    }

    private static String claimState(JsonNode claim) {
        List<String> states = new ArrayList<>();
        boolean allocated = claim.path("status").path("allocation").isObject();
        if (CellText.isDeleting(claim)) {
            states.add("deleted");
        }
        if (allocated) {
            states.add("allocated");
            if (!claim.path("status").path("reservedFor").isEmpty()) {
                states.add("reserved");
            }
        } else if (states.isEmpty()) {
            states.add("pending");
        }
        return String.join(",", states);
    }
}
