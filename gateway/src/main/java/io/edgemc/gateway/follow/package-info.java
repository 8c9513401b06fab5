@NullMarked
package io.edgemc.gateway.follow;

import org.jspecify.annotations.NullMarked;
