@NullMarked
package io.edgemc.gateway.request;

import org.jspecify.annotations.NullMarked;
