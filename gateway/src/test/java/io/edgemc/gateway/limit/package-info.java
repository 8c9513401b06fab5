@NullMarked
package io.edgemc.gateway.limit;

import org.jspecify.annotations.NullMarked;
