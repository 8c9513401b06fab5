package io.edgemc.kube.clients;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** A kind that a scenario defines for itself. */
final class Lamps {
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: lamps.<group>}
            spec:
              group: <group>
              scope: Namespaced
              names: {plural: lamps, singular: lamp, kind: Lamp}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [watts]
                        properties:
                          watts: {type: integer, minimum: 1, maximum: 100}
                          colour: {type: string, default: white}
                      status:
                        type: object
                        properties: {lit: {type: boolean}}
            """;

    private Lamps() {}

    private static String group(String name) {
        return name + ".fabric8.example";
    }

    /** Defines it and waits until it is served. */
    static void define(Fabric8 it, String name) {
        String text = DEFINITION.replace("<group>", group(name));
        it.client()
                .resource(Serialization.unmarshal(text, CustomResourceDefinition.class))
                .create();
        Fabric8.until(() -> {
            try {
                it.client().genericKubernetesResources(context(name)).list();
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
    }

    static ResourceDefinitionContext context(String name) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group(name))
                .withVersion("v1")
                .withKind("Lamp")
                .withPlural("lamps")
                .withNamespaced(true)
                .build();
    }

    static GenericKubernetesResource lamp(String group, String name, int watts) {
        return Serialization.unmarshal("""
                apiVersion: %s/v1
                kind: Lamp
                metadata: {name: %s}
                spec: {watts: %d}
                """.formatted(group(group), name, watts), GenericKubernetesResource.class);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> spec(GenericKubernetesResource lamp) {
        return (Map<String, Object>) lamp.getAdditionalProperties().get("spec");
    }
}
