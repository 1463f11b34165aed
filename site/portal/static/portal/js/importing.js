/* Importing works without this. With it: what is copied from a document keeps its form, a whole
   section is marked at once, the number of marked pieces is told, nothing typed is left behind. */
(() => {
  const start = document.querySelector("[data-import-start]");
  if (start) {
    const text = start.elements.namedItem("text");
    const html = start.elements.namedItem("html");
    const note = start.querySelector("[data-rich-note]");
    let pasted = "";
    const tell = () => {
      note.hidden = !html.value;
    };
    text.addEventListener("paste", (event) => {
      const rich = event.clipboardData?.getData("text/html") || "";
      // Only where it is the whole text: a mixture would be neither.
      if (!rich || text.value.trim()) return;
      setTimeout(() => {
        pasted = text.value;
        html.value = rich;
        tell();
      });
    });
    text.addEventListener("input", () => {
      if (html.value && pasted && text.value !== pasted) {
        html.value = "";
        tell();
      }
    });
    tell();
  }

  const form = document.querySelector("[data-import-preview]");
  if (!form) return;
  const count = form.querySelector("[data-marked-count]");
  const marks = [...form.querySelectorAll(".piece__mark")];
  const tell = () => {
    const number = marks.filter((mark) => mark.checked).length;
    count.textContent = number ? `(${number})` : "";
  };
  let last = null;
  form.addEventListener("click", (event) => {
    const mark = event.target.closest(".piece__mark");
    if (mark) {
      if (event.shiftKey && last) {
        const [from, to] = [marks.indexOf(last), marks.indexOf(mark)].sort((a, b) => a - b);
        for (const between of marks.slice(from, to + 1)) between.checked = mark.checked;
      }
      last = mark;
      tell();
      return;
    }
    const all = event.target.closest("[data-mark-all]");
    if (!all) return;
    const own = [...all.closest(".place").querySelectorAll(".piece__mark")];
    const checked = !own.every((each) => each.checked);
    for (const each of own) each.checked = checked;
    tell();
  });
  for (const button of form.querySelectorAll("[data-mark-all]")) button.hidden = false;
  tell();

  // What was changed and not sent yet: leaving asks first.
  let changed = false;
  form.addEventListener("change", (event) => {
    if (event.target.matches(".piece__mark, #move-to")) return;
    changed = true;
    const list = event.target.closest(".piece__place");
    if (!list) return;
    const place = list.closest(".place").id.replace("place-", "");
    list.closest(".piece").classList.toggle("piece--moving", list.value !== place);
  });
  form.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();
