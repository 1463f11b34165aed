// Narrows a long list of checkboxes while one types. What is chosen always stays in sight.
(() => {
  const fold = (text) => text.toLocaleLowerCase("fi").normalize("NFC").trim();

  const start = (box) => {
    const filter = box.querySelector(".term-checkboxes__filter");
    if (!filter || box.dataset.ready) return;
    box.dataset.ready = "true";
    filter.hidden = false;
    const input = filter.querySelector("input");
    const status = filter.querySelector("[role=status]");
    const rows = [...box.querySelectorAll("li")].map((row) => ({
      row,
      text: fold(row.textContent),
      check: row.querySelector("input"),
    }));
    // Typing here is no change of the page: it must neither be saved nor submit the form.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const { row, text, check } of rows) {
        const fits = words.every((word) => text.includes(word));
        row.hidden = !fits && !check.checked;
        if (fits) found += 1;
      }
      if (!words.length) status.textContent = "";
      else status.textContent = found ? `${status.dataset.some} ${found}` : status.dataset.none;
    });
  };

  const startAll = () => document.querySelectorAll("[data-term-checkboxes]").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
})();
