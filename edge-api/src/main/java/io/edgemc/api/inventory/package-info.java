@NullMarked
package io.edgemc.api.inventory;

import org.jspecify.annotations.NullMarked;
