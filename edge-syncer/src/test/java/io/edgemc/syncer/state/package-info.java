@NullMarked
package io.edgemc.syncer.state;

import org.jspecify.annotations.NullMarked;
