/** Schemas of built-in kinds and CRDs alike, and what they drive: decoding checks, pruning, defaults, validation. */
@NullMarked
package io.edgemc.kube.schema;

import org.jspecify.annotations.NullMarked;
