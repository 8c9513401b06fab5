/** What only Kubernetes' code knows of built-in kinds: defaults and refusals, as tables where they can be. */
@NullMarked
package io.edgemc.kube.rules;

import org.jspecify.annotations.NullMarked;
