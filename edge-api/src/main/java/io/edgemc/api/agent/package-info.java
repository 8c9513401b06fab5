@NullMarked
package io.edgemc.api.agent;

import org.jspecify.annotations.NullMarked;
