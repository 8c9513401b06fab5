/**
 * The objects of the views, their versions, and the engine that commits changes of them. The engine is the only writer:
 * it takes all waiting changes, lets the resolver say what follows, and commits everything in one transaction.
 */
@NullMarked
package io.edgemc.placement.space;

import org.jspecify.annotations.NullMarked;
