// Two comforts on top of pages that work without them: the contents show where one is, and the
// link beside a heading is copied besides being followed.

const links = new Map(
  [...document.querySelectorAll(".contents a[href^='#']")].map((link) => [
    link.getAttribute("href").slice(1),
    link,
  ]),
);

if (links.size && "IntersectionObserver" in window) {
  const seen = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) seen.add(entry.target.id);
        else seen.delete(entry.target.id);
      }
      const current = [...links.keys()].find((id) => seen.has(id));
      if (!current) return;
      for (const [id, link] of links) {
        if (id === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-10% 0px -60% 0px" },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) observer.observe(section);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-copy-link]");
  if (link && navigator.clipboard) navigator.clipboard.writeText(link.href).catch(() => {});
});

// A table that fits needs no stop on the way of the tab key.
for (const scroller of document.querySelectorAll(".table-scroll")) {
  new ResizeObserver(() => {
    if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
    else scroller.removeAttribute("tabindex");
  }).observe(scroller);
}
