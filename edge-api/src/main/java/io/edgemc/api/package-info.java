@NullMarked
package io.edgemc.api;

import org.jspecify.annotations.NullMarked;
