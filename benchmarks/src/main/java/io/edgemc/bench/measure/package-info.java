@NullMarked
package io.edgemc.bench.measure;

import org.jspecify.annotations.NullMarked;
