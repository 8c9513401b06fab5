@NullMarked
package io.edgemc.gateway.access;

import org.jspecify.annotations.NullMarked;
