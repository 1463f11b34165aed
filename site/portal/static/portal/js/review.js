/* The review view: nothing typed is lost on the way to the form and back, phrases go into the
   message by a click, and the preview is as high as what it shows. Everything works without it. */
(() => {
  const root = document.querySelector("[data-review]");
  const form = document.getElementById("review-form");
  if (!root || !form) return;
  const key = `mallisto-review-${root.dataset.review}`;
  const reason = document.getElementById("id_reason");

  // What is typed, kept for this tab until the decision is made

  const kept = () =>
    [...form.elements].filter(
      (field) => field.name && !["csrfmiddlewaretoken", "revision_id"].includes(field.name) &&
        !["submit", "button", "hidden"].includes(field.type),
    );
  const isSet = (field) => ["radio", "checkbox"].includes(field.type) ? field.checked : field.value !== "";
  const keep = () => {
    const typed = kept().filter((field) => isSet(field) && field.tagName !== "SELECT")
      .map((field) => [field.name, field.value]);
    try {
      if (typed.length) sessionStorage.setItem(key, JSON.stringify(typed));
      else sessionStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing: the page works as without this.
    }
  };
  const bringBack = () => {
    let typed = [];
    try {
      typed = JSON.parse(sessionStorage.getItem(key) || "[]");
    } catch {
      return;
    }
    // What the server sent is newer.
    if (kept().some((field) => isSet(field) && field.tagName !== "SELECT")) return;
    // A comment that has just been written is not begun again.
    const isWritten = root.querySelector("[data-review-focus]");
    for (const [name, value] of typed) {
      if (isWritten && name === "comment-text") continue;
      for (const field of kept().filter((one) => one.name === name)) {
        if (["radio", "checkbox"].includes(field.type)) field.checked ||= field.value === value;
        else field.value = value;
      }
    }
  };
  bringBack();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);

  // A date is for one of the decisions only

  document.getElementById("id_go_live_at")?.addEventListener("input", () => {
    document.getElementById("review-schedule").checked = true;
    keep();
  });

  // Phrases

  const said = root.querySelector("[data-review-said]");
  root.querySelector("[data-review-without-script]")?.remove();
  for (const button of root.querySelectorAll("[data-review-phrase]")) {
    const item = button.closest("li");
    const box = item.querySelector("input[type=checkbox]");
    const text = item.querySelector("p").textContent.trim();
    box.checked = false;
    box.hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => {
      const { selectionStart: at, selectionEnd: end, value } = reason;
      const before = value.slice(0, at);
      const after = value.slice(end);
      const gap = before && !before.endsWith("\n") ? "\n\n" : "";
      reason.setRangeText(gap + text + (after && !after.startsWith("\n") ? "\n\n" : ""), at, end, "end");
      if (said) said.textContent = `${button.textContent.trim()}: ✓`;
      keep();
    });
  }

  // A section's link to a comment on it

  const section = document.getElementById("id_comment-field");
  for (const link of root.querySelectorAll("[data-review-comment]")) {
    link.addEventListener("click", (event) => {
      if (![...section.options].some((option) => option.value === link.dataset.reviewComment)) return;
      event.preventDefault();
      section.value = link.dataset.reviewComment;
      document.getElementById("id_comment-text").focus();
    });
  }

  // The preview: as high as its page; the two views of a model

  const frame = root.querySelector(".review-frame");
  /* What has the focus stays on the screen when the preview above it grows: of who goes by the
     keyboard always (a scroll may be under way), of others where it was on the screen before. */
  let held = null;
  const size = (height) => {
    const focused = document.activeElement;
    const { top, bottom } = focused.getBoundingClientRect();
    const isMeant = focused.matches(":focus-visible") || (bottom > 0 && top < innerHeight);
    if (root.contains(focused) && focused !== frame && isMeant) held = focused;
    frame.style.blockSize = height;
    if (!held) return;
    requestAnimationFrame(() => {
      held?.scrollIntoView({ block: "nearest", behavior: "instant" });
      held = null;
    });
  };
  const fit = () => {
    const page = frame.contentDocument?.documentElement;
    if (!page) return;
    size("");
    size(`${Math.max(page.scrollHeight, 320)}px`);
  };
  if (frame) {
    frame.addEventListener("load", () => {
      fit();
      const body = frame.contentDocument?.body;
      if (body) new ResizeObserver(() => {
        const high = frame.contentDocument?.documentElement.scrollHeight || 0;
        if (high > frame.clientHeight) size(`${high}px`);
      }).observe(body);
    });
    window.addEventListener("resize", fit);
  }
  for (const view of root.querySelectorAll("[data-review-view]")) {
    view.addEventListener("click", () => {
      for (const other of root.querySelectorAll("[data-review-view]")) {
        if (other === view) other.setAttribute("aria-current", "true");
        else other.removeAttribute("aria-current");
      }
      const apart = root.querySelector("[data-review-apart]");
      if (apart) apart.href = view.href;
    });
  }

  root.querySelector("[data-review-focus]")?.focus();
})();
