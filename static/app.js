/* Small comforts; every page works without them. */
(function () {
  "use strict";

  // The summary of errors is what the reader must hear first.
  var summary = document.getElementById("error-summary");
  if (summary) {
    summary.focus();
  }

  // One press, one request. The lock opens by itself: a form that answers with a file never leaves.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) {
      return;
    }
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
    } else if (form.method === "post") {
      form.setAttribute("data-sent", "");
      window.setTimeout(function () {
        form.removeAttribute("data-sent");
      }, 4000);
    }
  });

  // Whoever signs out leaves no numbers on this machine.
  document.addEventListener("submit", function (event) {
    if (/\/logout\/$/.test(event.target.getAttribute("action") || "")) {
      try {
        Object.keys(window.localStorage).forEach(function (key) {
          if (key.indexOf("record:") === 0) {
            window.localStorage.removeItem(key);
          }
        });
      } catch (error) { /* no storage, nothing kept */ }
    }
  });

  // Menus are <details>: they close on Escape and on a press beside them.
  function closeMenus(except, refocus) {
    var open = document.querySelectorAll("details.menu[open]");
    for (var i = 0; i < open.length; i += 1) {
      if (!except || !open[i].contains(except)) {
        open[i].removeAttribute("open");
        if (refocus) {
          open[i].querySelector("summary").focus();
        }
      }
    }
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target, false);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      closeMenus(null, true);
    }
  });

  // <button data-copy="text" data-copied="已复制">: without a clipboard the button stays hidden.
  function enableCopying(button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.getAttribute("data-copy")).then(function () {
        button.textContent = button.getAttribute("data-copied");
      });
    });
  }
  if (navigator.clipboard) {
    Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), enableCopying);
  }
})();
