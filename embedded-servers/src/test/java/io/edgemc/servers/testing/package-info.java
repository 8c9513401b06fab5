@NullMarked
package io.edgemc.servers.testing;

import org.jspecify.annotations.NullMarked;
