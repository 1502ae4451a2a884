/** What the installation says. */
@NullMarked
package io.firstcome.operator.settings;

import org.jspecify.annotations.NullMarked;
