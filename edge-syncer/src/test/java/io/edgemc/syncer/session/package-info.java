@NullMarked
package io.edgemc.syncer.session;

import org.jspecify.annotations.NullMarked;
