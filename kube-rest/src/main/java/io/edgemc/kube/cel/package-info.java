/** Validation rules in CEL ({@code x-kubernetes-validations}) of CustomResourceDefinitions. */
@NullMarked
package io.edgemc.kube.cel;

import org.jspecify.annotations.NullMarked;
