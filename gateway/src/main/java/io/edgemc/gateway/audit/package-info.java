@NullMarked
package io.edgemc.gateway.audit;

import org.jspecify.annotations.NullMarked;
