@NullMarked
package io.edgemc.bus.spring;

import org.jspecify.annotations.NullMarked;
