/** JSONPath of exactly the grammar that customizers are allowed, with bounded work (an ADR says why no library). */
@NullMarked
package io.edgemc.placement.resolve.jsonpath;

import org.jspecify.annotations.NullMarked;
