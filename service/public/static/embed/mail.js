// The reader's e-mail address, where the site mails readers and this one wishes it. It is kept on
// the device with the last comment that it was left with, so that the server need not ask again.

import { node } from "./elements.js";
import { Field } from "./field.js";

const KEEP_FOR = 30 * 86_400_000; // milliseconds
const MOST_EMAIL = 254; // characters, as the server takes them
const keyOf = ({ address, site }) => `parley mail ${address} ${site}`;

// {email, id, token}; of nothing that was kept, or that others kept, an empty object.
function keptMail(server) {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(server)));
    return typeof kept.email === "string" && Date.now() - kept.at < KEEP_FOR ? kept : {};
  } catch {
    return {};
  }
}

function keepMail(server, mail) {
  try {
    if (mail.email)
      localStorage.setItem(keyOf(server), JSON.stringify({ ...mail, at: Date.now() }));
    else localStorage.removeItem(keyOf(server));
  } catch {
    // Storage is refused: known until the page is left.
  }
}

// Puts the field into the form, once.
export function offerMail(form) {
  const { thread, words } = form;
  if (!thread.takesMail || form.email) return;
  const input = node("input");
  const id = form.text.input.id.replace(/text$/, "email");
  Object.assign(input, { type: "email", name: "email", autocomplete: "email" });
  form.email = new Field(words, "email", input, { id, limit: () => MOST_EMAIL });
  const note = node("p", "left", words.say("email_note"));
  note.id = `${id}-note`;
  note.setAttribute("role", "status");
  input.dir = "ltr";
  input.value = keptMail(thread.server).email || "";
  input.setAttribute("aria-describedby", `${note.id} ${form.email.error.id}`);
  input.addEventListener("input", () => keepMail(thread.server, { email: input.value.trim() }));
  form.email.element.append(note);
  form.text.element.after(form.email.element);
  form.mail = () => mailOf(form);
}

// What is sent with a comment; the token of the earlier one goes beside it, as its proof.
function mailOf(form) {
  const email = form.email.input.value.trim();
  const { id, token, ...kept } = keptMail(form.thread.server);
  const isSame = email && kept.email === email && id;
  form.email.setError("");
  form.thread.server.proof = isSame ? { "Parley-Author-Token": token } : {};
  return email ? { email, earlier: isSame ? id : null } : {};
}

// What became of it.
export function noteMail({ server, form, words }, { id, author_token, mail }) {
  if (!["asked", "confirmed"].includes(mail)) return;
  const { email } = keptMail(server);
  keepMail(server, { email, id, token: author_token });
  if (mail === "asked")
    form.email.element.lastElementChild.textContent = words.say("own_mail_asked");
}
