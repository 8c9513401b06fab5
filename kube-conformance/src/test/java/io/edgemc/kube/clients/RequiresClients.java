package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.KubeClients;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For suites that run clients against both sides. Where a client is absent the suite counts as skipped, which is said
 * loudly; with the environment variable {@code CI=true} it fails. A parameter of type {@link BothSides} gets the
 * servers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RequiresLocalEdge
@ExtendWith(ClientsExtension.class)
@interface RequiresClients {
    /** Those that are needed besides kubectl. */
    KubeClients[] value() default {};
}
