/* Published models that resemble the draft: asked when the form opens, after automatic saves (not
   after each: typing is faster than anybody reads) and on request. A new list is told once. */
(() => {
  const REST = 15000;
  const panel = () => document.querySelector("[data-similar-models]");
  let page = "";
  let shown = null;
  let askedAt = 0;
  let waiting = null;

  const say = (text) => {
    const line = panel()?.querySelector("[data-similar-models-say]");
    if (line && line.textContent.trim() !== text) line.textContent = text;
  };

  const look = async () => {
    clearTimeout(waiting);
    waiting = null;
    const place = panel();
    if (!place || !page) return;
    askedAt = Date.now();
    place.querySelector("[data-similar-models-look]").hidden = false;
    try {
      const address = place.dataset.similarModels.replace(/\/0\/$/, `/${page}/`);
      const response = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok || response.redirected) throw new Error(response.status);
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = fresh.querySelector("[data-similar-models-answer]");
      if (!answer) throw new Error("no answer");
      // Whoever reads or has the focus in the list keeps it while nothing has changed.
      if (answer.innerHTML !== shown) {
        shown = answer.innerHTML;
        place.querySelector("[data-similar-models-list]").replaceChildren(...answer.childNodes);
      }
      say(answer.dataset.say);
    } catch {
      // The list that is there, if any, stays; it is no error of the author's.
      if (shown === null) say(place.querySelector("[data-similar-models-failed]").innerHTML);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-similar-models-look]")) look();
  });

  document.addEventListener("w-autosave:success", (event) => {
    const saved = event.detail?.response?.pk;
    if (!saved || !panel()) return;
    page = String(saved);
    const rest = askedAt + REST - Date.now();
    if (rest <= 0) look();
    else waiting ??= setTimeout(look, rest);
  });

  window.addEventListener("load", () => {
    page = panel()?.dataset.page || "";
    if (page) look();
  });
})();
