/** How far a placement has come at a cluster. */
@NullMarked
package io.edgemc.summarizer.delivery;

import org.jspecify.annotations.NullMarked;
