@NullMarked
package io.edgemc.mailbox.rest;

import org.jspecify.annotations.NullMarked;
