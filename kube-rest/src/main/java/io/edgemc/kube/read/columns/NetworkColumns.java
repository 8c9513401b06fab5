package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.NONE;
import static io.edgemc.kube.read.columns.CellText.UNSET;
import static io.edgemc.kube.read.columns.CellText.at;
import static io.edgemc.kube.read.columns.CellText.or;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Groups {@code networking.k8s.io} and {@code discovery.k8s.io}. */
final class NetworkColumns {
    private static final String NETWORKING = ".networking.k8s.io/";
    private static final String SLICES = "endpointslices.discovery.k8s.io/";
    private static final int MOST = 3;

    private NetworkColumns() {}

    static void addTo(Registry registry) {
        registry.text("ingresses" + NETWORKING + "Hosts", NetworkColumns::hosts);
        registry.text("ingresses" + NETWORKING + "Address", CoreColumns::balancers);
        registry.text(
                "ingresses" + NETWORKING + "Ports",
                ingress -> ingress.path("spec").path("tls").isEmpty() ? "80" : "80, 443");
        registry.text("ingressclasses" + NETWORKING + "Parameters", NetworkColumns::parameters);
        registry.text("ipaddresses" + NETWORKING + "ParentRef", NetworkColumns::parent);
        registry.text(
                SLICES + "Ports",
                slice -> or(
                        CellText.first(CellText.texts(slice.path("ports"), NetworkColumns::port), MOST, ","), UNSET));
        registry.text(SLICES + "Endpoints", slice -> {
            List<String> addresses = new ArrayList<>();
            slice.path("endpoints")
                    .forEach(endpoint ->
                            addresses.addAll(CellText.texts(endpoint.path("addresses"), a -> a.asString(""))));
            return or(CellText.first(addresses, MOST, ","), UNSET);
        });
    }

    private static String hosts(JsonNode ingress) {
        List<String> hosts = CellText.texts(ingress.path("spec").path("rules"), rule -> at(rule, "host"));
        hosts.removeIf(String::isEmpty);
        return or(CellText.first(hosts, MOST, ","), "*");
    }

    private static String parameters(JsonNode ingressClass) {
        JsonNode reference = ingressClass.path("spec").path("parameters");
        if (!reference.isObject()) {
            return NONE;
        }
        String group = at(reference, "apiGroup");
        return at(reference, "kind") + (group.isEmpty() ? "" : "." + group) + "/" + at(reference, "name");
    }

    private static String parent(JsonNode address) {
        JsonNode reference = address.path("spec").path("parentRef");
        if (!reference.isObject()) {
            return NONE;
        }
        String group = at(reference, "group");
        String namespace = at(reference, "namespace");
        return at(reference, "resource") + (group.isEmpty() ? "" : "." + group) + "/"
                + (namespace.isEmpty() ? "" : namespace + "/") + at(reference, "name");
    }

    private static String port(JsonNode port) {
        JsonNode number = port.path("port");
        return number.isNumber()
                ? Integer.toString(number.asInt())
                : port.path("name").asString("*");
    }
}
