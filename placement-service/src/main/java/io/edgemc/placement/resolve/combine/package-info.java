/**
 * Placements that meet on a cluster: one merged manifest for each distinct set of placements (a cohort of clusters shares it), and
 * an overlay for what is particular to a cluster.
 */
@NullMarked
package io.edgemc.placement.resolve.combine;

import org.jspecify.annotations.NullMarked;
