/* What is missing leads to its place in the form: opens the tab, scrolls there, puts the caret in.
   Links: data-go-to-field="name" in the form, #go-to-name from elsewhere.
   The list of what is missing follows each automatic save. */
(() => {
  const FOCUSABLE =
    'input:not([type="hidden"]):not([disabled]), select:not([disabled]), ' +
    'textarea:not([disabled]), [contenteditable="true"], button:not([disabled])';
  const HASH = "#go-to-";

  const place = (name) => {
    const field = document.querySelector(`form [data-contentpath="${CSS.escape(name)}"]`);
    if (field) return field;
    const formset = document.getElementById(`id_${name}-TOTAL_FORMS`);
    return formset ? formset.closest("[data-panel]") || formset.parentElement : null;
  };

  const isShown = (element) => element.getClientRects().length > 0;

  /* A tab's panel is shown a moment after it is asked for; wait for that, not for ever. */
  const whenShown = (element, then, tries = 60) => {
    if (isShown(element)) then();
    else if (tries) requestAnimationFrame(() => whenShown(element, then, tries - 1));
  };

  const goTo = (name) => {
    const target = place(name);
    if (!target) return false;
    const tab = target.closest('[role="tabpanel"]');
    const label = tab && document.querySelector(`[role="tab"][href="#${CSS.escape(tab.id)}"]`);
    if (label && tab.hidden) label.click();
    whenShown(target, () => {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const panel = target.closest("[data-panel]") || target;
      panel.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
      const inside = [...target.querySelectorAll(FOCUSABLE)].find(isShown);
      if (inside) inside.focus({ preventScroll: true });
      document.querySelector(".is-pointed-out")?.classList.remove("is-pointed-out");
      panel.classList.add("is-pointed-out");
    });
    return true;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go-to-field]");
    if (link && goTo(link.dataset.goToField)) event.preventDefault();
  });

  document.addEventListener("w-autosave:success", async (event) => {
    const panel = document.querySelector("[data-completeness]");
    const page = event.detail?.response?.pk;
    if (!panel || !page) return;
    const address = panel.dataset.completeness.replace(/\/0\/$/, `/${page}/`);
    try {
      const response = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok || response.redirected) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const list = fresh.querySelector("[data-completeness]");
      if (!list) return;
      // What the author unfolded or folded stays so.
      const before = panel.querySelector("[data-completeness-list]");
      const after = list.querySelector("[data-completeness-list]");
      if (before && after) after.open = before.open;
      panel.replaceWith(list);
    } catch {
      // Offline: the list stays as it was until the next save.
    }
  });

  /* A new model has co-authors when it has been saved. */
  document.addEventListener("w-autosave:success", (event) => {
    const panel = document.querySelector("[data-coauthors]");
    const page = event.detail?.response?.pk;
    if (!panel || !page) return;
    const link = panel.querySelector("[data-coauthors-link]");
    link.href = panel.dataset.coauthors.replace(/\/0\/$/, `/${page}/`);
    link.hidden = false;
    panel.querySelector("[data-coauthors-later]").hidden = true;
  });

  const fromHash = () => {
    if (location.hash.startsWith(HASH)) goTo(decodeURIComponent(location.hash.slice(HASH.length)));
  };
  // After Wagtail's own scripts have drawn the tabs and blocks.
  if (document.readyState === "complete") fromHash();
  else window.addEventListener("load", fromHash);
})();

/* Wagtail's rich text editors have no name for a screen reader: that of their panels, the outer
   first ("Environment: Text"), is it. An editor drawn later gets its name when it has the focus. */
(() => {
  const UNNAMED = '[role="textbox"][contenteditable="true"]:not([aria-label], [aria-labelledby])';

  // The kind of a block, and not the beginning of its text that Wagtail shows beside it.
  const HEADING = ".c-sf-block__type, [data-panel-heading-text]";

  const name = (editor) => {
    const names = [];
    let panel = editor.closest("[data-panel]");
    while (panel && names.length < 2) {
      const heading = panel.querySelector(HEADING)?.textContent.trim();
      if (heading && !names.includes(heading)) names.unshift(heading);
      panel = panel.parentElement.closest("[data-panel]");
    }
    if (names.length) editor.setAttribute("aria-label", names.join(": "));
  };

  document.addEventListener("focusin", (event) => {
    if (event.target.matches(UNNAMED)) name(event.target);
  });
  window.addEventListener("load", () => {
    for (const editor of document.querySelectorAll(UNNAMED)) name(editor);
  });
})();

/* Escape closes a menu that a button opened; the focus goes back to that button, and not to
   nowhere. */
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("[data-tippy-root]");
    const opener = menu?.parentElement?.querySelector(':scope > [aria-expanded="true"]');
    if (opener) setTimeout(() => opener.focus());
  },
  true,
);

/* In a list of a rich text Wagtail's editor takes Tab for indenting, and nobody who goes by the
   keyboard gets out. So Tab goes on to the next field, but where somebody who is writing stands
   before the first letter of an item: there it indents, as in word processors. */
(() => {
  let isWriting = false;
  document.addEventListener("focusin", () => { isWriting = false; });
  document.addEventListener("beforeinput", () => { isWriting = true; }, true);

  const isAtStart = (item, caret) => {
    const before = document.createRange();
    before.setStart(item, 0);
    before.setEnd(caret.anchorNode, caret.anchorOffset);
    return caret.isCollapsed && before.toString() === "";
  };

  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Tab" || !event.target.isContentEditable) return;
      const caret = getSelection();
      const node = caret.anchorNode;
      const item = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("li");
      if (item && !(isWriting && isAtStart(item, caret))) event.stopImmediatePropagation();
    },
    true,
  );
})();
