@NullMarked
package io.edgemc.c2p.view;

import org.jspecify.annotations.NullMarked;
