/** Create, update, delete and the rules of metadata. */
@NullMarked
package io.edgemc.kube.write;

import org.jspecify.annotations.NullMarked;
