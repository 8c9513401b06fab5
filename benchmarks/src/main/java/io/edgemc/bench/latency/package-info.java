@NullMarked
package io.edgemc.bench.latency;

import org.jspecify.annotations.NullMarked;
