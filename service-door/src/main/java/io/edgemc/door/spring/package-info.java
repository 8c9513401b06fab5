@NullMarked
package io.edgemc.door.spring;

import org.jspecify.annotations.NullMarked;
