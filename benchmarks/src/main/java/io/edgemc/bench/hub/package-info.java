@NullMarked
package io.edgemc.bench.hub;

import org.jspecify.annotations.NullMarked;
