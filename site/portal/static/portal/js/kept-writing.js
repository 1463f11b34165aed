/* What is written in a page's form survives an expired login, a lost network and a closed window.

   What could not be saved is kept in this browser, for this account and this form, until it is
   saved; when the form is opened again it is offered. While nobody is logged in the form says so
   and saves by itself after the login, which may be in another tab. */
(() => {
  const PREFIX = "mallisto.kept.";
  const DAYS_KEPT = 14;
  const holder = document.getElementById("kept-writing-notices");
  const user = holder?.dataset.user || "";

  const token = () =>
    decodeURIComponent(/(?:^|;\s*)csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "");

  /* A login changes the token; forms and Wagtail's scripts keep the one they were opened with. */
  const renewToken = () => {
    const fresh = token();
    if (!fresh) return;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = fresh;
  };

  const givenBack = document.querySelector("[data-kept-form]");
  if (givenBack) {
    givenBack.addEventListener("submit", renewToken);
    return;
  }
  if (!user) return;

  const key = (path) => `${PREFIX}${user}.${path}`;
  const forget = (path) => localStorage.removeItem(key(path));
  const read = (path) => {
    try {
      return JSON.parse(localStorage.getItem(key(path)));
    } catch {
      return null;
    }
  };

  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    let at = 0;
    try {
      at = JSON.parse(localStorage.getItem(name)).at;
    } catch {
      // Not ours to read: it goes.
    }
    if (Date.now() - at > DAYS_KEPT * 86_400_000) localStorage.removeItem(name);
  }

  const succeeded = document.querySelector(".messages .success") !== null;
  if (succeeded && document.referrer.startsWith(location.origin)) {
    // Sent from that form, and saved.
    forget(new URL(document.referrer).pathname);
  }

  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;

  const loaded = () =>
    ["loaded_revision_id", "loaded_revision_created_at"]
      .map((name) => form.elements.namedItem(name)?.value ?? "")
      .join(" ");

  const keep = (sent) => {
    renewToken();
    const data = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
    );
    const action = form.getAttribute("action");
    const keeping = { at: Date.now(), action, loaded: loaded(), sent, data };
    try {
      localStorage.setItem(key(location.pathname), JSON.stringify(keeping));
    } catch {
      // Full, or forbidden: the text is in the page all the same.
    }
  };

  // Notices

  const notice = (name) => {
    for (const other of holder.children) if (other.dataset.notice !== name) other.hidden = true;
    const shown = holder.querySelector(`[data-notice="${name}"]`);
    if (shown) shown.hidden = false;
    return shown;
  };

  const hideNotices = () => {
    for (const one of holder.children) one.hidden = true;
  };

  // Saving by itself

  let trouble = "";
  const saveNow = () => form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true }));

  document.addEventListener("w-autosave:success", () => {
    forget(location.pathname);
    clearTimeout(again);
    failures = 0;
    const wasAway = trouble === "login_required";
    trouble = "";
    if (wasAway) notice("saved");
    else hideNotices();
  });

  /* Wagtail tries again after a lost network; after a failure of the server it would wait for the
     next key, which somebody who has finished does not press. */
  const TRIES = 5;
  let failures = 0;
  let again = 0;
  const tryLater = () => {
    clearTimeout(again);
    failures += 1;
    if (failures <= TRIES) again = setTimeout(saveNow, 1_000 * 2 ** failures);
  };

  let retried = false;
  document.addEventListener("w-autosave:error", (event) => {
    const code = event.detail?.response?.error_code || event.detail?.type || "";
    keep(false);
    if (code === "server_error") tryLater();
    if (code === "csrf" && !retried) {
      // Logged out and in again in another tab: the login is there, the token is another.
      retried = true;
      renewToken();
      saveNow();
      return;
    }
    trouble = code === "csrf" ? "login_required" : code;
    if (trouble === "login_required") notice("login");
    else if (trouble === "invalid_revision") notice("conflict");
    else if (trouble === "too_much") notice("too_much");
  });

  let waiting = 0;
  form.addEventListener("input", () => {
    if (!trouble) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(false), 800);
  });
  document.addEventListener("w-unsaved:add", () => {
    if (trouble) keep(false);
  });
  form.addEventListener("submit", () => keep(true));

  /* The server reads no more than so much, and a form that it refused would have to be filled anew:
     one that is larger is not sent. */
  const size = (text) => new Blob([text]).size;
  const bytes = () =>
    [...new FormData(form)].reduce(
      (sum, [name, value]) => sum + (typeof value === "string" ? size(name) + size(value) : 0),
      0,
    );
  document.addEventListener(
    "submit",
    (event) => {
      const limit = Number(holder.dataset.limit);
      if (event.target !== form || !limit || bytes() <= limit) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      notice("too_much")?.focus();
    },
    true,
  );

  const look = async () => {
    if (trouble !== "login_required" || document.visibilityState !== "visible") return;
    try {
      const response = await fetch(holder.dataset.who, {
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (!response.ok) return;
      const found = await response.json();
      if (String(found.user) !== user) {
        notice("other");
        return;
      }
      renewToken();
      retried = false;
      saveNow();
    } catch {
      // Offline: asked again when the window is next looked at.
    }
  };
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);

  holder.addEventListener("click", (event) => {
    const button = event.target.closest("[data-kept]");
    if (!button) return;
    if (button.dataset.kept === "look") look();
    if (button.dataset.kept === "save") document.querySelector("footer .action-save")?.click();
    if (button.dataset.kept === "restore") restore();
    if (button.dataset.kept === "forget") {
      forget(location.pathname);
      hideNotices();
    }
  });

  // What was kept when the form was opened last

  const kept = read(location.pathname);

  const restore = () => {
    const sender = document.createElement("form");
    sender.method = "post";
    sender.action = kept.action || location.pathname;
    const data = kept.data.filter(([name]) => !name.startsWith("action-"));
    for (const [name, value] of [...data, ["csrfmiddlewaretoken", token()]]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      sender.append(field);
    }
    sender.hidden = true;
    document.body.append(sender);
    sender.submit();
  };

  if (kept?.sent && (succeeded || kept.loaded !== loaded())) forget(location.pathname);
  else if (kept && !succeeded && !document.querySelector(".messages .error")) {
    const shown = notice("kept");
    const time = shown?.querySelector("time");
    if (time) {
      const at = new Date(kept.at);
      time.dateTime = at.toISOString();
      time.textContent = at.toLocaleString(document.documentElement.lang || "fi", {
        dateStyle: "short",
        timeStyle: "short",
      });
    }
  }
})();
