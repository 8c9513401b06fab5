@NullMarked
package io.edgemc.syncer.observe;

import org.jspecify.annotations.NullMarked;
