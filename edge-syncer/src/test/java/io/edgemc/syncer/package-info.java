@NullMarked
package io.edgemc.syncer;

import org.jspecify.annotations.NullMarked;
