/** Who did what to a campaign, and why. */
@NullMarked
package io.firstcome.api.audit;

import org.jspecify.annotations.NullMarked;
