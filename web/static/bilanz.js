// Small conveniences; every page works without them.
"use strict";

// Words marked in a release go into the form for missed claims.
const form = document.querySelector("form[data-marks]");
if (form) {
  const text = document.querySelector(form.dataset.marks);
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    if (words && words.length <= 200 && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
      form.elements.quote.value = words;
    }
  });
}

// The archived text opens at the place that is cited.
const sheet = document.querySelector(".sheet");
const place = sheet && sheet.querySelector("mark");
if (place) {
  sheet.scrollTop = place.offsetTop - sheet.clientHeight / 3;
}

// An address is copied where the browser allows it.
for (const button of document.querySelectorAll("button.copy")) {
  if (navigator.clipboard) {
    button.hidden = false;
    const link = button.parentElement.querySelector("a.permalink");
    button.addEventListener("click", () => navigator.clipboard.writeText(link.href));
  }
}

// In a queue each claim is decided by a key, as its legend says.
const queued = [...document.querySelectorAll(".queued")];
if (queued.length) {
  document.querySelector(".keys").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) {
      return;
    }
    const here = queued.findIndex((each) => each.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const next = event.key === "j" ? Math.min(here + 1, queued.length - 1) : Math.max(here - 1, 0);
      queued[next].focus();
    } else if (here >= 0) {
      queued[here].querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });
}
