@NullMarked
package io.edgemc.syncer.log;

import org.jspecify.annotations.NullMarked;
