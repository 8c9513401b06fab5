/** The engine behind jakarta.servlet. */
@NullMarked
package io.edgemc.kube.servlet;

import org.jspecify.annotations.NullMarked;
