@NullMarked
package io.edgemc.cli.kubeconfig;

import org.jspecify.annotations.NullMarked;
