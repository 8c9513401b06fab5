@NullMarked
package io.edgemc.summarizer.service;

import org.jspecify.annotations.NullMarked;
