/** Component definitions as they are kept. */
@NullMarked
package io.edgemc.c2p.definition;

import org.jspecify.annotations.NullMarked;
