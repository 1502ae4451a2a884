/** Shows whether a campaign's results are those of its log. */
@NullMarked
package io.firstcome.api.replay;

import org.jspecify.annotations.NullMarked;
