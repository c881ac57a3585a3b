// Alerts in force, from one small file; notices whose time has come ([data-from]) appear, what is
// over ([data-until]) goes, all without a rebuild. Text only ever enters the page as text.
(function () {
  "use strict";
  var script = document.currentScript;
  var slot = document.getElementById("canh-bao");
  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }
  function look() {
    var now = Date.now();
    each("[data-from]", function (item) { item.hidden = !(Date.parse(item.getAttribute("data-from")) <= now); });
    each("[data-until]", function (item) { item.hidden = Date.parse(item.getAttribute("data-until")) <= now; });
  }
  function add(parent, tag, name, text) {
    var made = document.createElement(tag);
    if (name) { made.className = name; }
    if (text) { made.textContent = text; }
    return parent.appendChild(made);
  }
  function banner(alert) {
    var words = slot.getAttribute("data-words").split("|");
    var grave = alert.severity === "Extreme" || alert.severity === "Severe";
    var box = document.createElement("div");
    box.className = "alert" + (grave ? " grave" : "") + (alert.exercise ? " drill" : "");
    box.setAttribute("data-until", alert.until);
    box.lang = alert.lang;
    add(box, "p", "alert-head", (alert.exercise ? words[1] + " " : "") + words[0] + ": " + alert.severity_words);
    var link = add(add(box, "p", "alert-title"), "a", "", alert.title);
    link.href = alert.path;
    add(box, "p", "", alert.area + ". " + words[2].replace("{time}", alert.until_words));
    return box;
  }
  function show(found) {
    var old = slot.getAttribute("data-shown"), fresh = JSON.stringify(found);
    if (old === fresh) { return; }
    slot.setAttribute("data-shown", fresh);
    var boxes = found.alerts.map(banner);
    // what stands already is left alone: nothing flickers, no screen reader says it twice
    if (told(slot.children) === told(boxes)) { return; }
    while (slot.firstChild) { slot.removeChild(slot.firstChild); }
    boxes.forEach(function (box) { slot.appendChild(box); });
    look();
  }
  function told(boxes) {
    return Array.prototype.map.call(boxes, function (box) {
      return [box.className, box.getAttribute("data-until"), box.textContent.replace(/\s+/g, "")].join("|");
    }).join("\n");
  }
  var ages = {};
  function age(what, when) {
    ages[what] = when || "";
    var saved = [ages.page, ages.alerts].filter(Boolean).sort()[0];
    var bar = document.getElementById("ban-luu");
    if (!saved) { if (bar) { bar.remove(); } return; }
    if (!bar) {
      bar = document.createElement("p");
      bar.id = "ban-luu";
      bar.className = "demo";
      bar.setAttribute("role", "status");
      document.querySelector("header").appendChild(bar);
    }
    var time = new Date(saved).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    bar.textContent = script.getAttribute("data-saved").replace("{time}", time);
  }
  function load() {
    if (!slot || !window.fetch) { return; }
    fetch(slot.getAttribute("data-alerts"), { cache: "no-cache" })
      .then(function (answer) {
        age("alerts", answer.headers.get("x-saved"));
        if (answer.ok) { return answer.json().then(show); }
      })
      .catch(function () { /* no network and nothing saved: what stands on the page stays */ });
  }
  function stored() {
    var slot = document.querySelector("[data-stored]");
    if (!slot || !navigator.storage || !navigator.storage.estimate) { return; }
    navigator.storage.estimate().then(function (found) {
      if (!found.usage) { return; }
      slot.textContent = slot.getAttribute("data-stored").replace("{size}", Math.max(1, Math.round(found.usage / 1000)).toLocaleString(document.documentElement.lang) + " KB");
      slot.hidden = false;
    });
  }
  function work() {
    var address = script && script.getAttribute("data-worker");
    if (!address || !("serviceWorker" in navigator)) { return; }
    if (window.trustedTypes) {
      address = trustedTypes.createPolicy("loa-worker", { createScriptURL: function () { return script.getAttribute("data-worker"); } }).createScriptURL("");
    }
    navigator.serviceWorker.addEventListener("message", function (event) { age("page", event.data.saved); });
    if (navigator.serviceWorker.controller) { navigator.serviceWorker.controller.postMessage("age"); }
    navigator.serviceWorker.ready.then(function () { setTimeout(stored, 2000); });
    navigator.serviceWorker.register(address).catch(function () { /* the site works without */ });
  }
  look();
  load();
  window.addEventListener("load", work);
  window.addEventListener("online", load);
  setInterval(look, 30000);
  setInterval(load, 300000);
})();
