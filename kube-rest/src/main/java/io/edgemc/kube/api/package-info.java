/** The door of a view: requests, answers, errors, routing. */
@NullMarked
package io.edgemc.kube.api;

import org.jspecify.annotations.NullMarked;
