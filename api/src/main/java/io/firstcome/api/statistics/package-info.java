/** How many requests got what, by day and campaign: from the aggregate, or counted again. */
@NullMarked
package io.firstcome.api.statistics;

import org.jspecify.annotations.NullMarked;
