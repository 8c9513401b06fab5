/** Cells of built-in kinds in tables. */
@NullMarked
package io.edgemc.kube.read.columns;

import org.jspecify.annotations.NullMarked;
