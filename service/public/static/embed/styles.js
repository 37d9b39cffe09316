// One style sheet for each document or shadow root, however often comments are mounted.

const CSS = "embed.css"; // the server puts the styles here
let sheet = null;

export function addStyles(element) {
  const parent = element.getRootNode();
  const root = parent.host ? parent : document;
  try {
    adopt(root);
  } catch {
    addElement(root); // Safari before 16.4
  }
}

function adopt(root) {
  if (!sheet) {
    const made = new CSSStyleSheet();
    made.replaceSync(CSS);
    sheet = made;
  }
  if (root.adoptedStyleSheets.includes(sheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

function addElement(root) {
  if (root.querySelector("style[data-parley-styles]")) return;
  const style = document.createElement("style");
  style.dataset.parleyStyles = "";
  style.textContent = CSS;
  (root.head || root).append(style);
}
