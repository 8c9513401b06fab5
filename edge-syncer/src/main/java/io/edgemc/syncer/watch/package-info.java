@NullMarked
package io.edgemc.syncer.watch;

import org.jspecify.annotations.NullMarked;
