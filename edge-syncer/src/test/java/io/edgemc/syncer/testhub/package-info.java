@NullMarked
package io.edgemc.syncer.testhub;

import org.jspecify.annotations.NullMarked;
