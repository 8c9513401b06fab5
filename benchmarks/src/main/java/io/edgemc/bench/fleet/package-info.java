@NullMarked
package io.edgemc.bench.fleet;

import org.jspecify.annotations.NullMarked;
