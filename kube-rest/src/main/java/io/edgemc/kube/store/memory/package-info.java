/** A store in memory: for tests, and for views that follow another source. */
@NullMarked
package io.edgemc.kube.store.memory;

import org.jspecify.annotations.NullMarked;
