@NullMarked
package io.edgemc.bench;

import org.jspecify.annotations.NullMarked;
