/** What one request may cost. */
@NullMarked
package io.firstcome.api.limits;

import org.jspecify.annotations.NullMarked;
