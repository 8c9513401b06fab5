/** Java programs that commands start. */
@NullMarked
package io.edgemc.cli.jvm;

import org.jspecify.annotations.NullMarked;
