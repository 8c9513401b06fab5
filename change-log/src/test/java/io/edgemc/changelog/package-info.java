@NullMarked
package io.edgemc.changelog;

import org.jspecify.annotations.NullMarked;
