/* Wagtail saves a page's form by itself when it differs from what Wagtail saw last. Some things it
   does not see: what was typed before its first look, some seconds after the form has loaded; what
   is typed while a save is under way; and all that is typed in a form that came back with errors,
   after its first save. Here they are noticed, and Wagtail is told that the form has changes. */
(() => {
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;

  const tell = () => form.setAttribute("data-w-unsaved-force-value", "true");
  const written = (data) => JSON.stringify([...data].filter(([, value]) => !(value instanceof File)));

  // Before the first look

  /* What was typed before any script ran. Blocks are drawn by scripts, the rest by the server. */
  const differs = (field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;
  const FROM_SERVER =
    'textarea, input:is([type="text"], [type="url"], [type="email"], [type="checkbox"], [type="radio"])';
  let typed = [...form.querySelectorAll(FROM_SERVER)].some(differs);

  /* A form that came back is not what is stored. Wagtail would not go on looking at it. */
  if (form.getAttribute("data-w-unsaved-force-value") === "true") {
    typed = true;
    form.setAttribute("data-w-unsaved-force-value", "false");
  }

  const note = (event) => {
    const { target, isTrusted } = event;
    // A field without a name, as one that narrows a list, is no part of the page.
    const isOfPage = form.contains(target) && (target.name || target.isContentEditable);
    if (isTrusted && isOfPage) typed = true;
  };
  /* A click may add, move or remove a part, or only open one: what the form holds tells. */
  const compare = (event) => {
    if (typed || !event.isTrusted) return;
    const before = written(new FormData(form));
    setTimeout(() => {
      if (written(new FormData(form)) !== before) typed = true;
    }, 100);
  };
  const TYPING = ["beforeinput", "input", "change", "paste", "drop"];
  for (const name of TYPING) document.addEventListener(name, note, true);
  document.addEventListener("click", compare, true);

  /* The first look may be taken twice, and what was typed in between is part of the second. Once
     Wagtail has seen a change there is no other. */
  const look = () => {
    if (typed) tell();
  };
  const seen = () => {
    for (const name of TYPING) document.removeEventListener(name, note, true);
    document.removeEventListener("click", compare, true);
    document.removeEventListener("w-unsaved:watch-edits", look);
  };
  document.addEventListener("w-unsaved:watch-edits", look);
  document.addEventListener("w-unsaved:add", seen, { once: true });

  // While a save is under way

  let sent = [];
  document.addEventListener("w-autosave:save", (event) => {
    sent = [...event.detail.formData].filter(([, value]) => typeof value === "string");
  });
  document.addEventListener("w-autosave:success", (event) => {
    const OF_THE_SAVE = ["csrfmiddlewaretoken", "next", "overwrite_revision_id"];
    const renewed = Object.keys(event.detail?.response?.field_updates ?? {});
    const own = ([name]) =>
      !OF_THE_SAVE.includes(name) &&
      !renewed.includes(name) &&
      !name.startsWith("loaded_revision") &&
      !name.startsWith("comments-");
    const names = new Set(sent.map(([name]) => name));
    const now = [...new FormData(form)].filter(([name]) => names.has(name));
    if (written(sent.filter(own)) !== written(now.filter(own))) tell();
  });
})();
