// The form works without this. Here is only what stands in the address: why one is here, and where
// one wanted to go.

import { pathAfterSignIn } from './after-sign-in.js';

const asked = new URLSearchParams(location.search);
const message = document.getElementById('message');

if (asked.has('off')) {
  show('warn', 'Nobody can sign in with a password here: none is set up. The API takes tokens of your sign-in service.');
  document.getElementById('sign-in-form').hidden = true;
} else if (asked.has('error')) {
  show('bad', 'That user name and password do not belong together. Please try again.');
} else if (asked.has('out')) {
  show('good', 'You are signed out.');
} else if (asked.has('next')) {
  show('', 'Please sign in to go on.');
}
document.querySelector('input[name="next"]').value = pathAfterSignIn(asked.get('next'), location.origin);

function show(kind, text) {
  if (kind) {
    message.classList.add(kind);
  }
  message.textContent = text;
  message.hidden = false;
}
