@NullMarked
package io.edgemc.cli;

import org.jspecify.annotations.NullMarked;
