// Single keys: only where nothing is typed, never together with others, and only while switched on.

const STORE = "parley.keys";
const dialog = document.querySelector("#shortcuts");
const onOff = document.querySelector("#shortcuts-on");
const open = document.querySelector("#show-shortcuts");

function areOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

function turn(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // it holds as long as the page
  }
  show(on);
}

function show(on) {
  onOff.checked = on;
  for (const hint of document.querySelectorAll("kbd[aria-hidden]")) hint.hidden = !on;
}

const isTyped = (target) => target.closest?.("input, textarea, select, [contenteditable]");
const hasOthers = (event) => event.ctrlKey || event.altKey || event.metaKey || event.isComposing;

/// Shows the hints of keys in what was put into the page.
export const hintKeys = () => show(onOff.checked);

export const showKeys = () => dialog.showModal();

/// Runs the action of a key (false: the key was not for us); those of `walking` repeat while it is held down, others do not.
export function onKeys(actions, walking = "") {
  function onKey(event) {
    if (!onOff.checked || hasOthers(event) || isTyped(event.target)) return;
    if (document.querySelector("dialog[open]") || !Object.hasOwn(actions, event.key)) return;
    if (event.repeat && !walking.includes(event.key)) return;
    if (actions[event.key]() !== false) event.preventDefault();
  }
  document.addEventListener("keydown", onKey);
  onOff.addEventListener("change", () => turn(onOff.checked));
  open?.addEventListener("click", showKeys);
  if (open) open.hidden = false;
  show(areOn());
}
