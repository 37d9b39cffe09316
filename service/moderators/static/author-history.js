// The history of a card's author, in a drawer beside the card.

import { fetchPage } from "./requests.js";
import { announce } from "./toast.js";

const drawer = document.querySelector("#drawer");
const content = document.querySelector("#drawer-content");

export async function showHistory(card) {
  try {
    const { ok, page } = await fetchPage(card.querySelector(".history").href);
    const author = page.querySelector("#author");
    if (!ok || !author) return announce("The history could not be loaded: open the queue again.");
    content.replaceChildren(document.adoptNode(author));
    drawer.showModal();
  } catch {
    announce("The server did not answer: try again.");
  }
}
