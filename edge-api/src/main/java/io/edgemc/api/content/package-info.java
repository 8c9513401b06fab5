@NullMarked
package io.edgemc.api.content;

import org.jspecify.annotations.NullMarked;
