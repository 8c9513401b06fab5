@NullMarked
package io.edgemc.placement.resolve.jsonpath;

import org.jspecify.annotations.NullMarked;
