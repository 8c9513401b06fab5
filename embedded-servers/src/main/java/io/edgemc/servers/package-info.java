/** Real servers without Docker. One sub-package per server; {@code process} holds what they share, {@code testing} one shared server per test JVM. */
@NullMarked
package io.edgemc.servers;

import org.jspecify.annotations.NullMarked;
