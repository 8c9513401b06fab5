package io.edgemc.servers.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For tests that need a real API server. Where its programs are absent they count as skipped, which is said loudly; with
 * the environment variable {@code CI=true} they fail. A parameter of type
 * {@link io.edgemc.servers.kube.LocalEdge LocalEdge} gets the one of this JVM.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LocalEdgeExtension.class)
public @interface RequiresLocalEdge {}
