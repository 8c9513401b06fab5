/** Server-side apply: field sets, managed fields, structured merge. */
@NullMarked
package io.edgemc.kube.apply;

import org.jspecify.annotations.NullMarked;
