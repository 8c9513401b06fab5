@NullMarked
package io.edgemc.gateway.entry;

import org.jspecify.annotations.NullMarked;
