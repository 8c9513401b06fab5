@NullMarked
package io.edgemc.c2p.service;

import org.jspecify.annotations.NullMarked;
