@NullMarked
package io.edgemc.bench.kill;

import org.jspecify.annotations.NullMarked;
