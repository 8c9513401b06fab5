/** kill -9 of the hub in the middle of scenario A: what is done, what is recorded of it, and what must hold. */
@NullMarked
package io.edgemc.bench.kill;

import org.jspecify.annotations.NullMarked;
