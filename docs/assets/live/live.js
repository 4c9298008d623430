// The live network on a page: <div class="cnn-live" data-network="folder" data-bytes="384121">.
//
// `data-network` is the folder, relative to the page, that cnn_guide.live wrote; `data-bytes` (optional)
// is what the button says will be loaded. What is inside the div is for readers without JavaScript.
// Nothing but this file and its words is loaded before the button is pressed.

import { words } from "./words.js";

document.querySelectorAll(".cnn-live").forEach(offer);

function offer(place) {
  const text = words();
  const kilobytes = Math.round(Number(place.dataset.bytes) / 1000);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cnn-live__button cnn-live__load";
  button.textContent = text.load(kilobytes ? ` (${kilobytes} KB)` : "");
  const about = document.createElement("p");
  about.textContent = text.about;
  const status = document.createElement("p");
  status.className = "cnn-live__status";
  status.setAttribute("role", "status");
  place.replaceChildren(about, button, status);
  button.addEventListener("click", () => open(place, button, status, text));
}

async function open(place, button, status, text) {
  button.disabled = true;
  status.textContent = text.loading;
  // The widget's room is taken at the click, so that nothing on the page jumps when the files arrive.
  place.classList.add("cnn-live--open");
  try {
    const [{ loadNetwork }, { Widget }] = await Promise.all([import("./network.js"), import("./widget.js")]);
    const network = await loadNetwork(place.dataset.network);
    const widget = new Widget(network);
    place.replaceChildren(widget.node);
    place.classList.remove("cnn-live--open");
    widget.node.querySelector("[tabindex='0']").focus({ preventScroll: true });
    widget.say("loaded", text.loaded);
  } catch (error) {
    place.classList.remove("cnn-live--open");
    status.textContent = text.failed(error.message);
    button.disabled = false;
  }
}
