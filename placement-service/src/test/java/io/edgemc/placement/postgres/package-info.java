@NullMarked
package io.edgemc.placement.postgres;

import org.jspecify.annotations.NullMarked;
