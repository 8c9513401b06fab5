@NullMarked
package io.edgemc.servers;

import org.jspecify.annotations.NullMarked;
