@NullMarked
package io.edgemc.bus;

import org.jspecify.annotations.NullMarked;
