@NullMarked
package io.edgemc.servers.postgres;

import org.jspecify.annotations.NullMarked;
