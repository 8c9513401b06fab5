@NullMarked
package io.edgemc.servers.process;

import org.jspecify.annotations.NullMarked;
