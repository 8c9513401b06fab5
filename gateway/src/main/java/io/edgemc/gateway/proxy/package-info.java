@NullMarked
package io.edgemc.gateway.proxy;

import org.jspecify.annotations.NullMarked;
