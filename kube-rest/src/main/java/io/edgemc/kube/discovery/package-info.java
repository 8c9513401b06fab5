/** Discovery, version and OpenAPI documents. */
@NullMarked
package io.edgemc.kube.discovery;

import org.jspecify.annotations.NullMarked;
