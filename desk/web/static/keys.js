// Keyboard shortcuts. The desk works without this file; it only moves the focus and follows links that are there.
"use strict";
(function () {
  const isTyping = (element) =>
    element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  const items = () => Array.from(document.querySelectorAll("[data-item]"));

  function step(by) {
    const all = items();
    if (all.length === 0) return;
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function judge() {
    const field = document.querySelector("[data-verdict]");
    if (field) {
      const folded = field.closest("details");
      if (folded) folded.open = true;
      field.focus();
      field.scrollIntoView({ block: "center" });
      return;
    }
    const story = document.activeElement && document.activeElement.closest("[data-story]");
    if (story) window.location.assign(story.dataset.story + "#verdict");
  }

  // only moves there: a verdict is set by a person who presses Enter on a button that names it
  function adopt() {
    const button = document.querySelector("[data-adopt]");
    if (!button) return;
    button.focus();
    button.scrollIntoView({ block: "center" });
  }

  function help() {
    const dialog = document.getElementById("help");
    const list = document.querySelector("#keys dl");
    if (!dialog || !list) return;
    document.getElementById("help-keys").replaceChildren(list.cloneNode(true));
    dialog.showModal();
  }

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => {
      const field = document.getElementById("q");
      if (field) field.focus();
      else window.location.assign("/#q");
    },
    f: () => window.location.assign("/flags"),
    a: adopt,
    m: () => window.location.assign("/matters"),
    h: () => window.location.assign("/"),
    v: judge,
    "?": help,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const dialog = document.getElementById("help");
    if (dialog && dialog.open) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = acts[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  if (window.location.hash === "#q") {
    const field = document.getElementById("q");
    if (field) field.focus();
  }
  // no element has this id: a browser that scrolls to one would take the focus away again
  if (window.location.hash === "#verdict") judge();
})();
