@NullMarked
package io.edgemc.placement.resolve.travel;

import org.jspecify.annotations.NullMarked;
