@NullMarked
package io.edgemc.api.object;

import org.jspecify.annotations.NullMarked;
