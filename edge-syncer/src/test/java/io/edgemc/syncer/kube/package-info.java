@NullMarked
package io.edgemc.syncer.kube;

import org.jspecify.annotations.NullMarked;
