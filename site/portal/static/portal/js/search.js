// The search page without loading it anew: what is chosen is asked for at once, what is found is
// exchanged, and the address, the focus and what a screen reader hears follow. Without this
// script every link and button does the same by loading the page.

const form = () => document.getElementById("search-page");
const found = () => document.getElementById("found");
const words = () => document.getElementById("search-words");
const heading = () => document.getElementById("search-count");
const trouble = () => document.getElementById("search-trouble");

// What was used last: how to do it again, and where the focus goes when it is done.
let used = { again() {}, focus: "stay" };
// The facets as they stood before an exchange.
let kept = null;
let running = null;

// Asking -------------------------------------------------------------------------------------

const focusAfter = (element, event) => {
  if (element.closest(".search-chips")) return "chip";
  if (element.id.startsWith("sort-")) return "stay";
  if (element !== form()) return "heading";
  if (event?.submitter?.closest("#search-filters")) return "heading";
  // On a touch screen the keyboard covers what was found.
  const typed = document.activeElement === words() && matchMedia("(pointer: coarse)").matches;
  return typed ? "heading" : "stay";
};

const ask = (address) => {
  used = { again: () => ask(address), focus: "stay", words: true };
  return htmx.ajax("GET", address, { source: found(), target: "#found", swap: "innerHTML" });
};

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const { elt } = detail;
  if (elt === found()) return;
  if (elt.matches(".facet__all")) {
    used = { again: () => elt.click(), focus: "stay" };
    return;
  }
  const focus = focusAfter(elt, detail.triggeringEvent);
  const chips = [...document.querySelectorAll(".search-chip")];
  used = {
    again: () => (elt === form() ? elt.requestSubmit() : elt.click()),
    focus,
    chip: chips.indexOf(elt),
    words: elt !== form(),
  };
  if (elt !== form()) return;
  // The address that the browser would send.
  detail.path = `${elt.getAttribute("action")}?${new URLSearchParams(new FormData(elt))}`;
  for (const name of [...detail.formData.keys()]) detail.formData.delete(name);
});

document.addEventListener("change", ({ target }) => {
  if (target.type === "checkbox" && target.form === form()) form().requestSubmit();
});

// As in a browser, the same address again is no further step back.
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  if (detail.history.path === location.pathname + location.search) detail.history.type = "replace";
});

// Back and forward ask for what belongs to their address.
document.addEventListener("htmx:historyCacheMiss", (event) => {
  event.preventDefault();
  ask(event.detail.path);
});

// While waiting ------------------------------------------------------------------------------

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  running = detail.xhr;
  found().setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.xhr === running) found().removeAttribute("aria-busy");
});

const fail = () => {
  for (const link of document.querySelectorAll(".facet__all")) delete link.dataset.asked;
  const notice = document.getElementById("search-trouble-text").content.cloneNode(true);
  notice.querySelector("button").addEventListener("click", () => used.again());
  trouble().replaceChildren(notice);
};
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:swapError"]) {
  document.addEventListener(name, fail);
}

// Exchanging ---------------------------------------------------------------------------------

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== found() || !detail.shouldSwap) return;
  kept = {
    open: new Map([...found().querySelectorAll("details[id]")].map((one) => [one.id, one.open])),
    typed: new Map([...found().querySelectorAll("[id^=narrow-]")].map((one) => [one.id, one.value])),
    scrolled: new Map(
      [...found().querySelectorAll(".facet__rest")].map((one) => [one.id, one.scrollTop]),
    ),
    focused: document.activeElement.id,
  };
});

const restore = () => {
  for (const [id, open] of kept.open) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  for (const [id, value] of kept.typed) {
    const input = document.getElementById(id);
    if (input && value) input.value = value;
  }
  prepare();
  for (const [id, top] of kept.scrolled) {
    const list = document.getElementById(id);
    if (list) list.scrollTop = top;
  }
};

const moveFocus = () => {
  const chips = document.querySelectorAll(".search-chip");
  const chip = chips[Math.min(used.chip, chips.length - 1)];
  if (used.focus === "chip" && chip) chip.focus();
  else if (used.focus !== "stay") {
    heading()?.focus({ preventScroll: true });
    const top = heading()?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) heading()?.scrollIntoView({ block: "start" });
  } else if (document.activeElement === document.body) {
    // What had the focus is gone with the exchange.
    (document.getElementById(kept.focused) ?? heading())?.focus({ preventScroll: true });
  }
};

const announce = () => {
  const status = document.getElementById("search-status");
  const text = (heading() ?? found()).textContent.trim().replace(/\s+/g, " ");
  // The same number is news too.
  status.textContent = "";
  setTimeout(() => {
    status.textContent = text;
  }, 100);
};

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target !== found() || !kept) return;
  trouble().replaceChildren();
  restore();
  if (used.words && heading()) words().value = heading().dataset.words;
  moveFocus();
  announce();
  kept = null;
});

// Long lists ---------------------------------------------------------------------------------

// The values that the page did not hold have come: on with them, or with the letters typed.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const { elt } = detail;
  if (!elt.matches(".facet__rest")) return;
  trouble().replaceChildren();
  const input = elt.closest(".facet__values").querySelector("[id^=narrow-]");
  if (document.activeElement === document.body) elt.querySelector("input[type=checkbox]").focus();
  if (input?.value) narrow(input);
});

const askForAll = (facet) => {
  const link = facet.querySelector(".facet__all");
  if (!link || "asked" in link.dataset) return;
  link.dataset.asked = "";
  link.click();
};

const fold = (text) => text.toLocaleLowerCase("fi").normalize("NFC").trim();

// Shows of a facet's values those that have the letters, those around them and the chosen ones.
const narrow = (input) => {
  const facet = input.closest(".facet__values");
  const wanted = fold(input.value).split(/\s+/).filter(Boolean);
  if (wanted.length) askForAll(facet);
  let some = !wanted.length || facet.querySelector(".facet__all") !== null;
  // The narrower values come after their wider one: from the end, each knows those below it.
  for (const row of [...facet.querySelectorAll("li")].reverse()) {
    const text = fold(row.querySelector(".facet__label").textContent);
    const fits = wanted.every((word) => text.includes(word));
    const below = row.querySelector("li:not([hidden])") !== null;
    row.hidden = !fits && !below && !row.querySelector("input").checked;
    some ||= fits;
  }
  for (const details of facet.querySelectorAll("details")) {
    const within = details.querySelector("li:not([hidden])") !== null;
    if (wanted.length) details.open = within;
    details.hidden = !within;
  }
  const none = facet.querySelector(".facet__none");
  none.textContent = some ? "" : none.dataset.none;
};

const prepare = () => {
  document.documentElement.classList.add("searches-at-once");
  for (const box of document.querySelectorAll(".facet__narrow")) {
    box.hidden = false;
    const input = box.querySelector("input");
    if (input.value) narrow(input);
  }
};

document.addEventListener("input", ({ target }) => {
  if (target.id?.startsWith("narrow-")) narrow(target);
});

prepare();
