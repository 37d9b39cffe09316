// The range follows its two handles at once; what is known of it is asked for when they rest.
// Without this file the button shows the same.

const form = document.querySelector("#range");
const { low, high } = form.elements;
const columns = [...document.querySelectorAll(".column")];
const estimate = document.querySelector("#estimate");
const announcement = document.querySelector("#announcement");
let asked = 0;

function range() {
  const edges = [Number(low.value), Number(high.value)].sort((one, other) => one - other);
  const from = Math.min(edges[0], 99);
  return [from, Math.max(edges[1], from + 1)];
}

function follow() {
  const [from, to] = range();
  document.querySelector("#low-value").textContent = (low.value / 100).toFixed(2);
  document.querySelector("#high-value").textContent = (high.value / 100).toFixed(2);
  let number = 0;
  for (const column of columns) {
    const within = column.dataset.column >= from && column.dataset.column < to;
    column.classList.toggle("chosen", within);
    if (within) number += Number(column.dataset.number);
  }
  document.querySelector("#number").textContent = number.toLocaleString("en");
  estimate.ariaBusy = "true";
}

function point() {
  const [from, to] = range();
  const scores = { low: from / 100, high: to / 100, attribute: form.elements.attribute.value };
  for (const link of document.querySelectorAll(".range-link")) {
    const query = new URLSearchParams({ status: "flagged", ...scores });
    if (form.elements.site?.value) query.set("site", form.elements.site.value);
    if (link.dataset.to) query.set("to", link.dataset.to);
    link.href = `${link.dataset.path}?${query}`;
  }
}

async function ask() {
  const mine = ++asked;
  const query = new URLSearchParams(new FormData(form));
  point();
  try {
    const answer = await fetch(`${form.action}?${query}`, {
      headers: { Accept: "application/json" },
    });
    const said = await answer.json();
    if (mine !== asked) return;
    for (const name of ["number", "approving", "rejecting"]) {
      document.querySelector(`#${name}`).textContent = said[name];
    }
    announcement.textContent = `${said.number} wait with such scores.`;
    history.replaceState(null, "", `?${query}`);
  } catch {
    announcement.textContent =
      "The server did not answer: what is said of the range is of an earlier one.";
  }
  estimate.ariaBusy = "false";
}

for (const handle of [low, high]) {
  handle.addEventListener("input", follow);
  handle.addEventListener("change", ask);
}
