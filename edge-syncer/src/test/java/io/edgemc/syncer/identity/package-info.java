@NullMarked
package io.edgemc.syncer.identity;

import org.jspecify.annotations.NullMarked;
