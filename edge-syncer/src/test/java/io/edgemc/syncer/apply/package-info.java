@NullMarked
package io.edgemc.syncer.apply;

import org.jspecify.annotations.NullMarked;
