/** Get, list, paging, selectors, tables. */
@NullMarked
package io.edgemc.kube.read;

import org.jspecify.annotations.NullMarked;
