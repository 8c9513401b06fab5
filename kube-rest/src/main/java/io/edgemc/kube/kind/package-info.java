/** Which kinds a view serves. */
@NullMarked
package io.edgemc.kube.kind;

import org.jspecify.annotations.NullMarked;
