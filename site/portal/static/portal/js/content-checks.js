/* Hints about the text follow each automatic save: the list, and those at each section. */
(() => {
  document.addEventListener("w-autosave:success", async (event) => {
    const panel = document.querySelector("[data-content-checks]");
    const page = event.detail?.response?.pk;
    if (!panel || !page) return;
    const address = panel.dataset.contentChecks.replace(/\/0\/$/, `/${page}/`);
    try {
      const response = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok || response.redirected) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const list = fresh.querySelector("[data-content-checks]");
      if (!list) return;
      list.querySelector("details").open = panel.querySelector("details").open;
      panel.replaceWith(list);
      for (const place of fresh.querySelectorAll("[data-findings-of]")) {
        const field = CSS.escape(place.dataset.findingsOf);
        document.querySelector(`form [data-findings-of="${field}"]`)?.replaceWith(place);
      }
    } catch {
      // Offline: the hints stay as they were until the next save.
    }
  });
})();
