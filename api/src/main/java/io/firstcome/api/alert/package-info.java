/**
 * Tells people about batch runs that failed or never were. The api does it because it is always
 * there: a run that was killed tells nobody. See docs/adr/0011.
 */
@NullMarked
package io.firstcome.api.alert;

import org.jspecify.annotations.NullMarked;
