@NullMarked
package io.edgemc.gateway.review;

import org.jspecify.annotations.NullMarked;
