@NullMarked
package io.edgemc.bus.topic;

import org.jspecify.annotations.NullMarked;
