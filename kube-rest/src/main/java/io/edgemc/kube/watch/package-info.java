/** Watches, served from the store's changes. */
@NullMarked
package io.edgemc.kube.watch;

import org.jspecify.annotations.NullMarked;
