// The score chart: shows a chosen range at once, and fetches its estimate when a handle rests.
// Without this file the button shows the same.

const form = document.querySelector("#range");
const { low, high } = form.elements;
const columns = [...document.querySelectorAll(".column")];
const estimate = document.querySelector("#estimate");
const announcement = document.querySelector("#announcement");
let requests = 0;

/** The edges of the range in hundredths, in order and never equal. */
function chosenRange() {
  const edges = [Number(low.value), Number(high.value)].sort((left, right) => left - right);
  const from = Math.min(edges[0], 99);
  return [from, Math.max(edges[1], from + 1)];
}

function showRange() {
  const [from, to] = chosenRange();
  document.querySelector("#low-value").textContent = `${low.value} %`;
  document.querySelector("#high-value").textContent = `${high.value} %`;
  let total = 0;
  for (const column of columns) {
    const isChosen = column.dataset.column >= from && column.dataset.column < to;
    column.classList.toggle("chosen", isChosen);
    if (isChosen) total += Number(column.dataset.number);
  }
  document.querySelector("#number").textContent = total.toLocaleString("en");
  estimate.ariaBusy = "true";
}

function updateLinks() {
  const [from, to] = chosenRange();
  const scores = { low: from / 100, high: to / 100, attribute: form.elements.attribute.value };
  for (const link of document.querySelectorAll(".range-link")) {
    const query = new URLSearchParams({ status: "flagged", ...scores });
    if (form.elements.site?.value) query.set("site", form.elements.site.value);
    if (link.dataset.to) query.set("to", link.dataset.to);
    link.href = `${link.dataset.path}?${query}`;
  }
}

async function fetchEstimate() {
  const request = ++requests;
  const query = new URLSearchParams(new FormData(form));
  updateLinks();
  try {
    const headers = { Accept: "application/json" };
    const response = await fetch(`${form.action}?${query}`, { headers });
    const figures = await response.json();
    if (request !== requests) return;
    for (const name of ["number", "approving", "rejecting"]) {
      document.querySelector(`#${name}`).textContent = figures[name];
    }
    announcement.textContent = `Waiting with scores in this range: ${figures.number}.`;
    history.replaceState(null, "", `?${query}`);
  } catch {
    announcement.textContent = "The server did not answer: the estimate is of an earlier range.";
  }
  estimate.ariaBusy = "false";
}

for (const handle of [low, high]) {
  handle.addEventListener("input", showRange);
  handle.addEventListener("change", fetchEstimate);
}
