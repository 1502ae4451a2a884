// A page shows Problems; anything else that is thrown is a defect of the page.

import { Problem } from '../http.js';

/** A Problem stays what it is; a defect is reported to the console and said in general words. */
export function asProblem(thrown) {
  if (thrown instanceof Problem) {
    return thrown;
  }
  reportError(thrown);
  return new Problem(-1, 'PAGE', 'The answer could not be shown.');
}
