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
