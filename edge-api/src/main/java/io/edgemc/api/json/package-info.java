@NullMarked
package io.edgemc.api.json;

import org.jspecify.annotations.NullMarked;
