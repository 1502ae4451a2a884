/** How a campaign is doing now: stock, counts, rate and lag. */
@NullMarked
package io.firstcome.api.status;

import org.jspecify.annotations.NullMarked;
