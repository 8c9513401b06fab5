@NullMarked
package io.edgemc.cli.hub;

import org.jspecify.annotations.NullMarked;
