// Suggestions while typing, as an ARIA combobox: the focus stays in the field, the arrows go
// through the list. Enter searches for what is typed unless an option is active.

const DELAY = 150;
const SHORTEST = 2;

const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
};

const make = (tag, attributes, ...content) => {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...content);
  return element;
};

const start = (input) => {
  const { label, suggest } = input.dataset;
  const id = `${input.id}-suggestions`;
  const list = make("ul", { id, class: "suggestions", role: "listbox", "aria-label": label });
  const status = make("p", { class: "visually-hidden", role: "status" });
  const known = new Map();
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  const activate = (index) => {
    active = index;
    options.forEach((one, place) => set(one, { "aria-selected": place === index }));
    options[index]?.scrollIntoView({ block: "nearest" });
    set(input, { "aria-activedescendant": options[index]?.id ?? "" });
  };

  const choose = (suggestion) => {
    close();
    if (suggestion.type !== "word") return location.assign(suggestion.url);
    input.value = suggestion.text;
    input.form.requestSubmit();
  };

  const draw = (one, index) => {
    const type = make("span", { class: "suggestions__type" }, input.dataset[one.type] ?? "");
    const text = make("span", {}, one.text);
    const option = make("li", { id: `${id}-${index}`, role: "option" }, text, " ", type);
    option.onclick = () => choose(one);
    return option;
  };

  const show = (suggestions) => {
    options = suggestions.map(draw);
    activate(-1);
    list.replaceChildren(...options);
    list.hidden = !options.length;
    set(input, { "aria-expanded": !list.hidden });
    status.textContent = options.length ? `${label}: ${options.length}` : "";
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    show([]);
  };

  const ask = async () => {
    const text = input.value.trim().replace(/\s+/g, " ");
    asking?.abort();
    if (text.length < SHORTEST) return close();
    if (!known.has(text)) {
      asking = new AbortController();
      const query = new URLSearchParams({ q: text, lang: document.documentElement.lang });
      try {
        const response = await fetch(`${suggest}?${query}`, { signal: asking.signal });
        if (!response.ok) return;
        known.set(text, (await response.json()).suggestions);
      } catch {
        return; // Newer letters came, or the network went: one can search all the same.
      }
    }
    if (document.activeElement === input) show(known.get(text));
  };

  input.after(list, status);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id });
  show([]);

  input.addEventListener("input", () => {
    clearTimeout(timer);
    activate(-1);
    timer = setTimeout(ask, DELAY);
  });

  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return ask();
      const stops = options.length + 1; // The field itself is one.
      activate(((active + 1 + (key === "ArrowDown" ? 1 : stops - 1)) % stops) - 1);
    } else if (key === "Enter" && active >= 0) {
      event.preventDefault();
      options[active].click();
    } else if (key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (key === "Enter" || key === "Tab") close();
    else if (/^(Home|End|Arrow)/.test(key)) activate(-1);
  });

  // A click in the list must not take the focus, and so the list, away.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
};

document.querySelectorAll("input[data-suggest]").forEach(start);
