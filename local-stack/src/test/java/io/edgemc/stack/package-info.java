@NullMarked
package io.edgemc.stack;

import org.jspecify.annotations.NullMarked;
