/** How the parts of a campaign are, in words that do not change. */
@NullMarked
package io.firstcome.operator.verdict;

import org.jspecify.annotations.NullMarked;
