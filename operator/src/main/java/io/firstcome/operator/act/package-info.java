/** The only writer, apart from the status. */
@NullMarked
package io.firstcome.operator.act;

import org.jspecify.annotations.NullMarked;
