/** What a view must offer so that {@code kube-rest} can show it as a Kubernetes API. */
@NullMarked
package io.edgemc.kube.store;

import org.jspecify.annotations.NullMarked;
