@NullMarked
package io.edgemc.servers.kafka;

import org.jspecify.annotations.NullMarked;
