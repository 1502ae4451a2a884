/**
 * The web layer on a real Tomcat without database and log. Outside {@code io.firstcome.api}, so
 * that the whole application never finds these controllers.
 */
@NullMarked
package io.firstcome.slice;

import org.jspecify.annotations.NullMarked;
