@NullMarked
package io.edgemc.door.servlet;

import org.jspecify.annotations.NullMarked;
