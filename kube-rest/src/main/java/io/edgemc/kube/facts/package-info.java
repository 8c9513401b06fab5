/** What is known of Kubernetes' built-in kinds, as data. */
@NullMarked
package io.edgemc.kube.facts;

import org.jspecify.annotations.NullMarked;
