@NullMarked
package io.edgemc.syncer.hub;

import org.jspecify.annotations.NullMarked;
