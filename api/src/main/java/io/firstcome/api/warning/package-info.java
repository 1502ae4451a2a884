/** What somebody should look at now. */
@NullMarked
package io.firstcome.api.warning;

import org.jspecify.annotations.NullMarked;
