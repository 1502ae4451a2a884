// What the page shows, for who sees it for the first time.

import { html } from '../../view.js';

export function explanation() {
  return html`
    <section class="card explanation" aria-labelledby="why">
      <h2 id="why">Why one partition is in order and four are not</h2>
      <div class="columns">
        <div>
          <h3>One partition is one line</h3>
          <p>The log writes every request down at its end, and what is written keeps its place. One reader decides the line from
            front to back. Who stands further ahead is decided first, however many come at once.</p>
        </div>
        <div>
          <h3>Four partitions are four lines</h3>
          <p>Each is in order in itself, but there is no line over all of them. Readers take batch by batch, and while a batch of one
            line is decided, older requests wait in another. In the timeline one line becomes four staircases, and
            every decision that went ahead is marked with a cross.</p>
        </div>
        <div>
          <h3>The stock is exact all the same</h3>
          <p>All batches take from the same stock, one after the other, and a batch is decided and written in one transaction. So never
            more is given out than there is, and nobody gets two, with any number of partitions. What differs is who: with four lines
            somebody may be in who asked a moment after somebody who is not.</p>
        </div>
      </div>
      <p class="soft">A decision is before its turn if another one that stands earlier in the log was made after it. “Earlier” is the
        time at which the log took the request; at the same time it is the lower partition, then the lower offset. It is the one that went
        ahead that counts, and once, however many it overtook.</p>
    </section>`;
}
