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

// An address, or what a button has with it, is copied where the browser allows it.
for (const button of document.querySelectorAll("button.copy")) {
  if (navigator.clipboard) {
    button.hidden = false;
    const link = button.parentElement.querySelector("a.permalink");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.text ?? link.href);
      button.classList.add("copied");
      setTimeout(() => button.classList.remove("copied"), 2000);
    });
  }
}

// In a queue each claim is decided by a key, as its legend says.
const queued = [...document.querySelectorAll(".queued")];
if (queued.length) {
  document.querySelector(".keys").hidden = false;
  // What is decided leaves the list: the one behind it takes its place, and the keys go on from there.
  const left = sessionStorage.getItem("bilanz-queue");
  sessionStorage.removeItem("bilanz-queue");
  if (left !== null) {
    queued[Math.min(Number(left), queued.length - 1)].focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) {
      return;
    }
    const here = queued.findIndex((each) => each.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const next = event.key === "j" ? Math.min(here + 1, queued.length - 1) : Math.max(here - 1, 0);
      queued[next].focus();
    } else {
      const place = here >= 0 && event.key !== "z" ? queued[here] : document.querySelector(".undo");
      const button = place?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (button) {
        sessionStorage.setItem("bilanz-queue", Math.max(here, 0));
        button.click();
      }
    }
  });
}

// The browser alone remembers when it last showed what is new; nothing of that is sent but the day in a link.
const visit = document.querySelector("a.visit");
if (visit) {
  try {
    const last = localStorage.getItem("bilanz-visit");
    if (last && last < visit.dataset.today) {
      const link = new URL(visit.href);
      link.searchParams.set("since", last);
      link.searchParams.set("day", visit.dataset.today);
      visit.href = link.href;
      visit.hidden = false;
      sessionStorage.setItem("bilanz-visit", visit.href);
    } else if (sessionStorage.getItem("bilanz-visit")) {
      visit.href = sessionStorage.getItem("bilanz-visit");
      visit.hidden = false;
    }
    localStorage.setItem("bilanz-visit", visit.dataset.today);
  } catch {
    // Where a browser keeps nothing, the link stays away.
  }
}
