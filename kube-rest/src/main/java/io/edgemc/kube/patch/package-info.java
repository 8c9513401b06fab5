/** JSON Patch, merge patch, strategic merge patch. */
@NullMarked
package io.edgemc.kube.patch;

import org.jspecify.annotations.NullMarked;
