@NullMarked
package io.edgemc.door.access;

import org.jspecify.annotations.NullMarked;
