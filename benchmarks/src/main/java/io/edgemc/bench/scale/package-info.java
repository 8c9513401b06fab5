@NullMarked
package io.edgemc.bench.scale;

import org.jspecify.annotations.NullMarked;
