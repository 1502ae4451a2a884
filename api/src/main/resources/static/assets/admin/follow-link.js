// Links that change what a page shows without loading it anew.

/** For a click on a link: does the action instead, unless somebody wants a new tab or window. */
export function follow(event, action) {
  if (event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    action();
  }
}
