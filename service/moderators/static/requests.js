// A form's own request, sent without a new page.

const TIMEOUT = 15_000; // milliseconds

/// The answer to a form sent by this button, or by none: its status and fields.
export async function send(form, button) {
  return ask(addressOf(form, button), new FormData(form, button));
}

/// Where the button sends the form; one that says nothing has the page's address as formAction.
export const addressOf = (form, button) =>
  button?.hasAttribute("formaction") ? button.formAction : form.action;

export async function ask(address, fields) {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  return { status: response.status, ...(await response.json()) };
}

/// Another page of this server: a part of it can be put into this one.
export async function fetchPage(address, options = {}) {
  const response = await fetch(address, {
    headers: { Accept: "text/html" },
    signal: AbortSignal.timeout(TIMEOUT),
    ...options,
  });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { ok: response.ok, page };
}

export const UNKNOWN =
  "The server did not answer, so it is not known whether that was decided: try again.";
