// Elements of the page. Whatever a reader or a page gives is set as text, never as markup.

export function node(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = `parley-${className}`;
  element.append(...children);
  return element;
}

export function button(className, label, action) {
  const element = node("button", className, label);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

export function alertLine() {
  const line = node("p", "wrong");
  line.setAttribute("role", "alert");
  return line;
}

export function replaceContent(element, ...children) {
  element.textContent = "";
  element.append(...children);
}
