@NullMarked
package io.edgemc.placement.desired;

import org.jspecify.annotations.NullMarked;
