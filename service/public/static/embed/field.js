// A field with its label, its sentence of what is wrong, and how many characters are left.

import { node } from "./elements.js";
import { lengthOf } from "./text.js";

const SOON = 20; // characters left, from which on a screen reader is told

export class Field {
  // `limit` is asked for each time: it comes with the comments. Short fields count only at the end.
  constructor(words, key, input, { id = "", limit, isShort = true } = {}) {
    this.words = words;
    this.input = input;
    this.limit = limit;
    this.isShort = isShort;
    this.error = node("p", "wrong");
    this.counter = node("p", "left");
    const caption = node("label", "", words.say(key));
    input.dir = "auto";
    if (id) {
      input.id = caption.htmlFor = id;
      this.error.id = `${id}-wrong`;
      input.setAttribute("aria-describedby", this.error.id);
    } else {
      caption.append(input);
    }
    const rest = id ? [input, this.counter, this.error] : [this.counter];
    this.element = node("div", "field", caption, ...rest);
    input.addEventListener("input", () => this.count());
  }

  count() {
    const left = this.limit() - lengthOf(this.input.value);
    const isSoon = left <= SOON;
    this.counter.setAttribute("aria-live", isSoon ? "polite" : "off");
    this.counter.classList.toggle("parley-over", left < 0);
    this.counter.textContent = isSoon || !this.isShort ? this.remaining(left) : "";
  }

  remaining(left) {
    return this.words.say(left < 0 ? "over" : "left", { count: Math.abs(left) });
  }

  setError(sentence) {
    this.error.textContent = sentence;
    if (!sentence) return this.input.removeAttribute("aria-invalid");
    this.input.setAttribute("aria-invalid", "true");
    this.input.focus();
  }
}
