/* Comforts of the monthly form: keys, pasting a column, saving by itself. The form works without. */
(function () {
  "use strict";

  var EVERY = 20000;
  var MANY = 5;

  function forget(key) {
    try { window.localStorage.removeItem(key); } catch (error) { /* no storage, nothing kept */ }
  }

  // What was filed or chosen on a page of its own needs no copy on this machine.
  Array.prototype.forEach.call(document.querySelectorAll("form[data-forget]"), function (form) {
    form.addEventListener("submit", function () { forget(form.getAttribute("data-forget")); });
  });

  var form = document.querySelector("form[data-grid]");
  if (!form) { return; }
  var key = form.getAttribute("data-key");
  var status = document.querySelector("[data-status]");
  var cells = Array.prototype.slice.call(form.querySelectorAll(".here input"));
  var changed = {};
  var saving = false;
  var leaving = false;
  var pressed = null;

  function say(name, more) { status.textContent = form.getAttribute("data-" + name) + (more || ""); }
  function waiting() { return Object.keys(changed); }
  function isNumber(name) { return name.indexOf("cell.") === 0 && form.elements[name].tagName === "INPUT"; }

  // Only counts are kept on this machine, never a sentence.
  function keep() {
    var counts = {};
    waiting().filter(isNumber).forEach(function (name) { counts[name] = form.elements[name].value; });
    try {
      window.localStorage.setItem(key, JSON.stringify({ version: form.elements.version.value, counts: counts }));
    } catch (error) { /* no storage: the page still holds what was typed */ }
  }

  function restore() {
    var kept;
    try { kept = JSON.parse(window.localStorage.getItem(key)); } catch (error) { kept = null; }
    if (!kept) { return; }
    Object.keys(kept.counts).forEach(function (name) {
      if (form.elements[name]) {
        form.elements[name].value = kept.counts[name];
        changed[name] = true;
      }
    });
    // The draft was made on that version: if another has come since, both are shown side by side.
    form.elements.version.value = kept.version;
    if (waiting().length) { say("restored"); save(); }
  }

  function took(answer, sent) {
    form.elements.version.value = answer.version;
    Object.keys(sent).forEach(function (name) {
      if (form.elements[name].value === sent[name]) { delete changed[name]; }
    });
    Object.keys(answer.computed).forEach(function (code) {
      var output = form.querySelector('[data-computed="' + code + '"]');
      if (output) { output.textContent = answer.computed[code]; }
    });
    cells.forEach(function (input) {
      var code = input.name.slice(5);
      var wrong = answer.wrong[code] || "";
      document.getElementById("error-" + code).textContent = wrong;
      if (wrong) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
    });
    forget(key);
    say("saved", " " + answer.at);
    if (waiting().length) { keep(); }
  }

  function done() {
    var button = pressed;
    saving = false;
    pressed = null;
    if (button) { form.requestSubmit(button); } else if (waiting().length >= MANY) { save(); }
  }

  function compare() {
    var act = document.createElement("input");
    act.type = "hidden";
    act.name = "act";
    act.value = "save";
    form.appendChild(act);
    leaving = true;
    form.submit();
  }

  function save() {
    var names = waiting();
    if (saving || leaving || !names.length) { return; }
    saving = true;
    var sent = {};
    var body = new URLSearchParams();
    body.set("version", form.elements.version.value);
    names.forEach(function (name) {
      sent[name] = form.elements[name].value;
      body.set(name, sent[name]);
    });
    say("saving");
    fetch(form.getAttribute("data-grid"), {
      method: "PATCH",
      body: body,
      credentials: "same-origin",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "XMLHttpRequest" }
    }).then(function (response) {
      if (response.status === 409) { compare(); return null; }
      if (!response.ok || response.redirected) { keep(); say("refused"); done(); return null; }
      // The next save, or the button pressed meanwhile, waits for the version that this one made.
      return response.json().then(function (answer) { took(answer, sent); done(); });
    }).catch(function () {
      keep();
      say("offline");
      done();
    });
  }

  form.addEventListener("input", function (event) {
    var name = event.target.name;
    if (!name || name === "version") { return; }
    event.target.removeAttribute("data-prefilled");
    changed[name] = true;
    if (!navigator.onLine) { keep(); say("offline"); return; }
    if (waiting().length >= MANY) { save(); }
  });
  window.setInterval(save, EVERY);
  window.addEventListener("online", save);
  form.addEventListener("submit", function (event) {
    if (saving) {
      event.preventDefault();
      pressed = event.submitter;
      return;
    }
    leaving = true;
    forget(key);
  });
  window.addEventListener("beforeunload", function (event) {
    if (!leaving && waiting().length) {
      keep();
      event.preventDefault();
      event.returnValue = "";
    }
  });

  form.addEventListener("keydown", function (event) {
    var at = cells.indexOf(event.target);
    var back = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
    if (at < 0 || !(back || event.key === "ArrowDown" || event.key === "Enter")) { return; }
    event.preventDefault();
    var next = cells[at + (back ? -1 : 1)];
    if (next) { next.focus(); next.select(); }
  });

  form.addEventListener("paste", function (event) {
    var at = cells.indexOf(event.target);
    var text = event.clipboardData ? event.clipboardData.getData("text") : "";
    var lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    if (at < 0 || lines.length < 2) { return; }
    event.preventDefault();
    lines.forEach(function (line, number) {
      var input = cells[at + number];
      if (input) {
        input.value = line.split("\t")[0].trim();
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  });

  restore();
})();
