@NullMarked
package io.edgemc.kube;

import org.jspecify.annotations.NullMarked;
