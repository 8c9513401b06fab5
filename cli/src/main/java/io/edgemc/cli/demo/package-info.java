@NullMarked
package io.edgemc.cli.demo;

import org.jspecify.annotations.NullMarked;
