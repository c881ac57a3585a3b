// Inside the frame: parameters, times, height, the newest content. Works where storage is refused.
(function () {
  "use strict";
  var root = document.documentElement, script = document.currentScript;
  var asked = {}, since = Date.now(), standing = null, policy = null;

  // "?a=1#b=2#?secret=x": editors and WordPress add theirs after ours
  (location.search + location.hash).split(/[?#&]+/).forEach(function (pair) {
    var at = pair.indexOf("=");
    if (at > 0) { try { asked[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (broken) { /* not ours */ } }
  });
  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  // ---- colours: what is asked for, moved until it can be read (WCAG 2.2, 1.4.3)
  function light(colour) {
    return [1, 3, 5].reduce(function (sum, at, place) {
      var part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return sum + [0.2126, 0.7152, 0.0722][place] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }, 0);
  }
  function readable(colour, dark) {
    var ground = light(dark ? "#14181d" : "#ffffff"), goal = dark ? 255 : 0, step, found, one;
    for (step = 0; step <= 20; step += 1) {
      found = "#" + [1, 3, 5].map(function (at) {
        var part = parseInt(colour.slice(at, at + 2), 16);
        return ("0" + Math.round(part + (goal - part) * step / 20).toString(16)).slice(-2);
      }).join("");
      one = light(found);
      if ((Math.max(one, ground) + 0.05) / (Math.min(one, ground) + 0.05) >= 4.5) { return found; }
    }
    return found;
  }
  var night = window.matchMedia("(prefers-color-scheme:dark)");
  function paint() {
    var theme = asked.theme, dark = theme === "dark" || (theme !== "light" && night.matches);
    if (theme === "dark" || theme === "light") { root.setAttribute("data-theme", theme); }
    if (/^[0-9a-f]{6}$/i.test(asked.accent || "")) { root.style.setProperty("--accent", readable("#" + asked.accent, dark)); }
  }

  // ---- what of the content is shown: place, count, what is not over
  function elsewhere(codes) {
    var some = codes ? codes.split(" ") : [];
    return asked.place && some.length > 0 && some.indexOf(asked.place) < 0 &&
      some.every(function (code) { return /^\d{5}$/.test(code); });
  }
  function look() {
    var now = Date.now(), main = document.querySelector("main"), shown = 0;
    var most = Math.min(Math.max(parseInt(asked.count, 10) || 0, 0), 50) || Number(main.getAttribute("data-count")) || 50;
    each(".items > .item", function (item) {
      var until = Date.parse(item.getAttribute("data-until"));
      var good = !(until <= now) && !elsewhere(item.getAttribute("data-places"));
      if (good) { shown += 1; }
      item.hidden = !good || shown > most;
    });
    each(".empty", function (line) { line.hidden = shown > 0 || tooOld(); });
    grow();
  }

  // ---- height: to our own script, and to WordPress as it asks
  var secret = asked.secret, told = 0;
  function tell(message) { if (window.parent !== window) { window.parent.postMessage(message, "*"); } }
  function grow(again) {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told && again !== true) { return; }
    told = height;
    tell({ loa: 1, height: height });
    if (secret) { tell({ message: "height", value: height, secret: secret }); }
  }
  window.addEventListener("message", function (event) {
    var said = event.data;
    if (event.source !== window.parent || !said || typeof said !== "object") { return; }
    if (said.message === "ready" && said.secret) { secret = said.secret; }
    if (said.message === "ready" || said.loa === "height") { grow(true); }
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href]") : null;
    if (secret && link && /^http/.test(link.href)) {
      event.preventDefault();
      tell({ message: "link", value: link.href, secret: secret });
    }
  });

  // ---- the newest content; when it cannot be had, what stands stays, with its time
  function tooOld() { return Date.now() - since > 900000; }
  function stale() {
    var when = new Date(since).toLocaleString(root.lang, { dateStyle: "short", timeStyle: "short" });
    each(".stale", function (line) {
      line.textContent = script.getAttribute("data-stale").replace("{time}", when);
      line.hidden = false;
    });
    look();
  }
  function parse(text) {
    if (window.trustedTypes) {
      policy = policy || trustedTypes.createPolicy("loa-widget", { createHTML: function (own) { return own; } });
      text = policy.createHTML(text);
    }
    return new DOMParser().parseFromString(text, "text/html");
  }
  function take(text) {
    var fresh = text === standing ? null : parse(text).querySelector("main");
    since = Date.now();
    each(".stale", function (line) { line.hidden = true; });
    if (standing !== null && fresh) { document.querySelector("main").replaceWith(document.importNode(fresh, true)); }
    standing = text;
    look();
  }
  function load() {
    fetch(location.href.split(/[?#]/)[0], { cache: "no-cache", credentials: "omit" })
      .then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.text();
      })
      .then(take).catch(stale);
  }
  paint();
  look();
  if (night.addEventListener) { night.addEventListener("change", paint); }
  if (window.ResizeObserver) { new ResizeObserver(function () { grow(); }).observe(document.body); }
  if (window.fetch) {
    setTimeout(load, 1000 + Math.random() * 4000);
    setInterval(load, 300000);
  }
  setInterval(look, 15000);
})();
