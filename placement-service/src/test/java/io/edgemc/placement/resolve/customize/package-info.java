@NullMarked
package io.edgemc.placement.resolve.customize;

import org.jspecify.annotations.NullMarked;
