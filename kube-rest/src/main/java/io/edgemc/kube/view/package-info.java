/** A view: its store, kinds and rules put together, and the routing of its requests. */
@NullMarked
package io.edgemc.kube.view;

import org.jspecify.annotations.NullMarked;
