@NullMarked
package io.edgemc.cli.edge;

import org.jspecify.annotations.NullMarked;
