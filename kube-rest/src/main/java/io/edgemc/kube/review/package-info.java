/** Self reviews: what a caller may do, and who it is. */
@NullMarked
package io.edgemc.kube.review;

import org.jspecify.annotations.NullMarked;
