// Templates: what stands in ${…} is text, whatever it contains, and never markup.
export { html, svg, nothing, render } from '/webjars/lit-html/lit-html.js';
export { repeat } from '/webjars/lit-html/directives/repeat.js';
export { live } from '/webjars/lit-html/directives/live.js';
export { ifDefined } from '/webjars/lit-html/directives/if-defined.js';
