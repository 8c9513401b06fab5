/** What can be configured. */
@NullMarked
package io.edgemc.c2p.settings;

import org.jspecify.annotations.NullMarked;
