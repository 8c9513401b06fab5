/** A space beside a Kubernetes API server with etcd, under the same load. */
@NullMarked
package io.edgemc.bench.kube;

import org.jspecify.annotations.NullMarked;
