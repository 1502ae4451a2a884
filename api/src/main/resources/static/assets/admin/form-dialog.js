// A dialog with a form that is sent to the server: one at a time, which keeps what was typed in
// until the server has said yes.

import { html, nothing, repeat, ifDefined } from '../view.js';
import { Problem } from '../http.js';
import { serverNow } from './clock.js';

const ELEMENT = 'form-dialog';
const SLOW_AFTER_SECONDS = 2;

/**
 * The dialog of a page. view() belongs into the page's main part, and redraw draws the page.
 *
 * open(task, opener) shows a task; afterwards the focus goes back to opener. A task has
 * - title, text (what will happen), submit (the button's words), danger,
 * - fields: name, label, type, value, and if wanted hint(values), required and other attributes in
 *   attributes (min, max, maxlength),
 * - check(values): what is wrong by field, empty if nothing is,
 * - send(values): a promise; done(result) is called with what it gives,
 * - fieldOf(problem): the field that a refusal is about, or null.
 * lost(task, problem) is told of a failure that nobody sees because the dialog was closed.
 */
export function formDialog(redraw, lost) {
  const state = { task: null, values: {}, errors: {}, problem: null, busySince: null };
  let serial = 0;
  let opener = null;

  function open(task, openedBy) {
    if (state.busySince !== null) {
      // One after the other: what is under way is shown again.
      element().showModal();
      return;
    }
    Object.assign(state, {
      task: { ...task, serial: ++serial },
      values: Object.fromEntries(task.fields.map((field) => [field.name, field.value ?? ''])),
      errors: {},
      problem: null,
    });
    opener = openedBy;
    redraw();
    element().showModal();
    // Not on the button of what cannot be undone.
    element().querySelector(task.danger ? 'button[type="button"]' : 'input, button').focus();
  }

  async function submit(event) {
    event.preventDefault();
    if (state.busySince !== null) {
      return;
    }
    const task = state.task;
    state.values = Object.fromEntries(new FormData(event.target));
    state.errors = { ...halfTypedIn(event.target), ...task.check(state.values) };
    state.problem = null;
    if (Object.keys(state.errors).length > 0) {
      showFailure();
      return;
    }
    state.busySince = serverNow();
    redraw();
    let result;
    try {
      result = await task.send(state.values);
    } catch (problem) {
      state.busySince = null;
      failed(task, problem);
      return;
    }
    state.busySince = null;
    element().close();
    task.done(result);
    redraw();
  }

  function failed(task, problem) {
    if (!(problem instanceof Problem)) {
      redraw();
      throw problem;
    }
    if (!element().open) {
      lost(task, problem);
      return;
    }
    const field = task.fieldOf(problem);
    if (field) {
      state.errors = { [field]: inWordsOf(task, problem.detail) };
    } else {
      state.problem = problem;
    }
    showFailure();
  }

  function showFailure() {
    redraw();
    const wrong = element().querySelector('[aria-invalid="true"]');
    (wrong ?? element().querySelector('[role="alert"]'))?.focus();
  }

  function closed() {
    // The button may be gone, because the campaign is in another state now.
    (opener?.isConnected ? opener : document.getElementById('main')).focus();
  }

  function typed(event) {
    state.values = { ...state.values, [event.target.name]: event.target.value };
    redraw();
  }

  function view() {
    return html`
      <dialog id=${ELEMENT} aria-labelledby="form-dialog-title" @close=${closed}>
        ${repeat(state.task ? [state.task] : [], (task) => task.serial, form)}
      </dialog>`;
  }

  // Drawn anew for each task: what was typed in for another one must not stand in it.
  function form(task) {
    const busy = state.busySince !== null;
    return html`
      <form novalidate @submit=${submit} @input=${typed}>
        <h2 id="form-dialog-title">${task.title}</h2>
        ${task.text}
        ${problemView(state.problem)}
        <div class="fields">${task.fields.map(fieldView)}</div>
        <div role="status" class="progress">${busy ? progressView() : nothing}</div>
        <div class="row buttons">
          <button class="button ${task.danger ? 'danger' : 'primary'}" type="submit"
            aria-disabled=${String(busy)}>${task.submit}</button>
          <button class="button" type="button"
            @click=${() => element().close()}>${busy ? 'Leave; it goes on' : 'Cancel'}</button>
        </div>
      </form>`;
  }

  function fieldView(field) {
    const error = state.errors[field.name];
    const id = `field-${field.name}`;
    const hint = field.hint?.(state.values);
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
    const { min, max, maxlength } = field.attributes ?? {};
    return html`
      <div class="field">
        <label for=${id}>${field.label}${field.required ? nothing : html` <span class="soft">(optional)</span>`}</label>
        <input id=${id} name=${field.name} type=${field.type} value=${field.value ?? ''}
          min=${ifDefined(min)} max=${ifDefined(max)} maxlength=${ifDefined(maxlength)}
          ?required=${field.required} autocomplete="off"
          aria-invalid=${error ? 'true' : 'false'} aria-describedby=${ifDefined(described || undefined)}>
        ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
        ${error ? html`<span class="error" id="${id}-error"><span aria-hidden="true">✕</span> ${error}</span>` : nothing}
      </div>`;
  }

  function progressView() {
    const seconds = Math.floor((serverNow() - state.busySince) / 1000);
    // The words are read out when they change; the seconds are for the eye.
    return html`
      <p class="row">
        <span class="spinner" aria-hidden="true"></span>
        <span>${seconds < SLOW_AFTER_SECONDS ? 'Sent …' : 'Still at work. In a cluster this can take up to 30 s.'}</span>
        <span class="number soft" aria-hidden="true">${seconds} s</span>
      </p>`;
  }

  return { open, view };
}

// A date without its time reads like an empty field, and would silently be left out.
function halfTypedIn(form) {
  const broken = [...form.elements].filter((input) => input.name && input.validity.badInput);
  return Object.fromEntries(broken.map((input) => [input.name, 'This is not complete.']));
}

function element() {
  return document.getElementById(ELEMENT);
}

function problemView(problem) {
  if (!problem) {
    return nothing;
  }
  return html`
    <div class="notice bad" role="alert" tabindex="-1">
      <p><strong>${problem.isOffline ? 'The server does not answer.' : problem.detail}</strong></p>
      <p>${afterProblem(problem)}</p>
    </div>`;
}

/** What to do about a failure that no field is to blame for. */
export function afterProblem(problem) {
  if (problem.isOffline) {
    return 'Nobody knows whether it arrived. Look at the campaign before you send it again; your input is kept.';
  }
  if (problem.status >= 500) {
    return 'It may still come about by itself: look at the campaign before you send it again. Your input is kept.';
  }
  return 'Nothing was changed; your input is kept.';
}

// The server speaks of JSON fields, and the form of labels.
function inWordsOf(task, detail) {
  return task.fields.reduce(
    (text, field) => text.replaceAll(`'${field.name}'`, `“${field.label}”`), detail);
}
