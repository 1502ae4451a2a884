/** Many requests at a button, to see a campaign work: the same log, without HTTP in between. */
@NullMarked
package io.firstcome.api.bulk;

import org.jspecify.annotations.NullMarked;
