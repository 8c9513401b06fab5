@NullMarked
package io.edgemc.c2p.rest;

import org.jspecify.annotations.NullMarked;
