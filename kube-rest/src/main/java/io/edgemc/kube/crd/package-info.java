/** CustomResourceDefinitions of a view. */
@NullMarked
package io.edgemc.kube.crd;

import org.jspecify.annotations.NullMarked;
