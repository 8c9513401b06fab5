@NullMarked
package io.edgemc.servers.kube;

import org.jspecify.annotations.NullMarked;
