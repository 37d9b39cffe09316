// Requests to this server without loading a new page.

const TIMEOUT = 15_000; // milliseconds

/** Where the button sends the form; a button without an address has the page's as formAction. */
export const formAddress = (form, button) =>
  button?.hasAttribute("formaction") ? button.formAction : form.action;

/** Sends a form, by this button if any; returns the answer's status and fields. */
export function sendForm(form, button) {
  return postFields(formAddress(form, button), new FormData(form, button));
}

export async function postFields(address, fields) {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  return { status: response.status, ...(await response.json()) };
}

/** Fetches another page of this server, to put a part of it into this one. */
export async function fetchPage(address, options = {}) {
  const response = await fetch(address, {
    headers: { Accept: "text/html" },
    signal: AbortSignal.timeout(TIMEOUT),
    ...options,
  });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { ok: response.ok, page };
}

export const NO_ANSWER =
  "The server did not answer, so it is not known whether that was decided: try again.";
