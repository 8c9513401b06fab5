/** The same commands against a space and against the reference, a real Kubernetes API server; see the module's README. */
@NullMarked
package io.edgemc.kube.conformance;

import org.jspecify.annotations.NullMarked;
