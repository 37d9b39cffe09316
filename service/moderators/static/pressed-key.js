// Which key of ours was pressed, on any keyboard: by its character, else by its place.

const PLACE = /^(?:Key|Digit)([A-Z0-9])$/;
const isLetter = (character) => /^\p{L}$/u.test(character);
const isLatin = (character) => /^\p{Script=Latin}$/u.test(character);

/** The character that this place has on the keyboards that our keys are named for. */
function characterOfPlace({ code, shiftKey }) {
  if (code === "Slash") return shiftKey ? "?" : "/";
  return PLACE.exec(code)?.[1].toLowerCase();
}

/** Whether a key belongs to somebody else: the browser, a screen reader, an input method. */
export const isTaken = (event) =>
  event.defaultPrevented ||
  event.isComposing ||
  event.keyCode === 229 || // an input method has it
  ["Control", "Alt", "Meta", "AltGraph", "OS", "Fn"].some((name) => event.getModifierState(name));

/** Whether the key typed something that our keys are not named for, so that its place counts. */
function isByPlace({ key, shiftKey }, placed) {
  if (/^\d$/.test(placed)) return !shiftKey && key.length === 1;
  const isForeign = isLetter(key) ? !isLatin(key) : key === "\u061f"; // the Arabic question mark
  return isForeign && (!shiftKey || placed === "?");
}

/**
 * The key's name in `actions`; undefined for none of them.
 *
 * Caps Lock changes nothing; Shift makes a letter another key. A letter of another script counts as
 * the letter at its place, and a digit's place as the digit where digits need Shift (AZERTY).
 */
export function pressedKey({ key: typed, code, shiftKey }, actions) {
  const key = typed.normalize("NFKC");
  const ours = (name) => (Object.hasOwn(actions, name ?? "") ? name : undefined);
  if (/^[a-z]$/i.test(key)) return shiftKey ? undefined : ours(key.toLowerCase());
  const placed = characterOfPlace({ code, shiftKey });
  return ours(key) ?? (isByPlace({ key, shiftKey }, placed) ? ours(placed) : undefined);
}
