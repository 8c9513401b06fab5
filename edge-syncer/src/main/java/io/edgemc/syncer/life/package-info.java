@NullMarked
package io.edgemc.syncer.life;

import org.jspecify.annotations.NullMarked;
