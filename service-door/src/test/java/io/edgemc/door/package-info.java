@NullMarked
package io.edgemc.door;

import org.jspecify.annotations.NullMarked;
