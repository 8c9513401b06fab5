/** Whole clients, unmodified, against a space and against the reference: what both show must be the same. */
@NullMarked
package io.edgemc.kube.clients;

import org.jspecify.annotations.NullMarked;
