@NullMarked
package io.edgemc.api.manifest;

import org.jspecify.annotations.NullMarked;
