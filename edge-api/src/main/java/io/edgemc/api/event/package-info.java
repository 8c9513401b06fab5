@NullMarked
package io.edgemc.api.event;

import org.jspecify.annotations.NullMarked;
