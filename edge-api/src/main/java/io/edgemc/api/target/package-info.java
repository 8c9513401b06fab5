@NullMarked
package io.edgemc.api.target;

import org.jspecify.annotations.NullMarked;
