/** The language of Firstcome in plain Java: used by every module, knows no framework. */
@NullMarked
package io.firstcome.core;

import org.jspecify.annotations.NullMarked;
