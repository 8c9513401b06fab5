/** What the services' Tomcats do otherwise than by default. */
@NullMarked
package io.edgemc.door.tomcat;

import org.jspecify.annotations.NullMarked;
