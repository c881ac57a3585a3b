// Keeps the emergency pack and the search index. Alerts and pages come from the network first; what
// was saved comes when there is none, marked with the time at which it was saved (header x-saved); a
// page asks for its own. Nothing of others. An index beyond FILES or BYTES is left on the server.
"use strict";
var NAME = "loa-" + SETTINGS.version;
var SEEN = "loa-seen";
var MOST = 40;
var WAIT = 8000;
var INDEX = "loa-index";
var FILES = 400;
var BYTES = 2000000;
var AGAIN = 600000;
var served = {};
var looked = 0;

function marked(answer) {
  var headers = new Headers(answer.headers);
  headers.set("x-saved", new Date().toISOString());
  return answer.blob().then(function (body) {
    return new Response(body, { status: 200, headers: headers });
  });
}

function keep(name, request, answer) {
  if (!answer || !answer.ok || answer.redirected || answer.type !== "basic") { return Promise.resolve(); }
  var copy = answer.clone();
  return caches.open(name).then(function (cache) {
    return marked(copy).then(function (saved) { return cache.put(request, saved); });
  });
}

function trim() {
  return caches.open(SEEN).then(function (cache) {
    return cache.keys().then(function (keys) {
      return Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map(function (key) {
        return cache.delete(key);
      }));
    });
  });
}

function fetched(request) {
  return new Promise(function (resolve, reject) {
    var timer = setTimeout(reject, WAIT);
    fetch(request).then(function (answer) { clearTimeout(timer); resolve(answer); }, reject);
  });
}

// The index first: its manifests and files belong together, what a search kept may be older
function saved(request) {
  return caches.match(request, { ignoreVary: true, cacheName: INDEX }).then(function (found) {
    return found || caches.match(request, { ignoreVary: true });
  });
}

// The files of the index that two manifests promise (plugins/search/layout.py)
function promised(now, base) {
  var names = [];
  function each(from, to, name) { for (var n = from; n < to; n++) { names.push(name(n)); } }
  each(0, base.leaves, function (n) { return "i/" + n + ".bin?v=" + base.version; });
  each(0, base.slots / base.cards, function (n) { return "d/" + n + ".bin?v=" + base.version; });
  if (base.leaves) { names.push("words.bin?v=" + base.version, "table.bin?v=" + base.version); }
  each(1, Math.ceil(Math.max.apply(null, now["new"]) / 4), function (n) { return "f/" + n + ".bin?v=" + now.fresh; });
  return names.map(function (name) { return new URL(SETTINGS.index + name, self.location.origin).href; });
}

function take(cache, wanted, room) {
  if (!wanted.length || room <= 0) { return Promise.resolve(room); }
  return fetch(wanted[0]).then(function (answer) {
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.blob();
  }).then(function (body) {
    return cache.put(wanted[0], new Response(body)).then(function () {
      return take(cache, wanted.slice(1), room - body.size);
    });
  });
}

// The manifests are kept last: an index that is half there is never taken for whole
function keepIndex() {
  var line = navigator.connection;
  if (Date.now() - looked < AGAIN || (line && line.saveData)) { return Promise.resolve(); }
  looked = Date.now();
  var manifests = ["now.json", "base.json"].map(function (name) { return SETTINGS.index + name; });
  return Promise.all(manifests.map(function (address) { return fetch(address, { cache: "no-cache" }); })).then(function (answers) {
    if (!answers[0].ok || !answers[1].ok) { return null; }
    var copies = answers.map(function (answer) { return answer.clone(); });
    return Promise.all([answers[0].json(), answers[1].json(), caches.open(INDEX)]).then(function (found) {
      var cache = found[2], names = promised(found[0], found[1]);
      if (found[0].base !== found[1].version || names.length > FILES) { return null; }
      return cache.keys().then(function (keys) {
        var have = keys.map(function (key) { return key.url; });
        var missing = names.filter(function (name) { return have.indexOf(name) < 0; });
        return take(cache, missing, BYTES).then(function (room) {
          if (room <= 0) { return caches.delete(INDEX); }
          return Promise.all(manifests.map(function (address, n) { return cache.put(address, copies[n]); })).then(function () {
            return Promise.all(have.filter(function (url) {
              return url.indexOf("?v=") > 0 && names.indexOf(url) < 0;
            }).map(function (url) { return cache.delete(url); }));
          });
        });
      });
    });
  }).catch(function () { looked = 0; /* the network went: what was whole stays */ });
}

function networkFirst(event) {
  var path = new URL(event.request.url).pathname;
  return fetched(event.request).then(function (answer) {
    var name = SETTINGS.pack.indexOf(path) >= 0 ? NAME : SEEN;
    if (/\/(now|base)\.json$/.test(path)) { return answer; }
    var kept = keep(name, event.request, answer).then(trim);
    event.waitUntil(event.request.mode === "navigate" ? kept.then(keepIndex) : kept);
    return answer;
  }).catch(function () {
    var bare = path === SETTINGS.index ? SETTINGS.index : event.request;
    return saved(bare).then(function (found) {
      return found || (event.request.mode === "navigate" ? saved(SETTINGS.fallback) : found);
    }).then(function (found) {
      if (found && event.request.mode === "navigate") { served[event.resultingClientId] = found.headers.get("x-saved"); }
      if (found) { return found; }
      return Response.error();
    });
  });
}

function savedFirst(event) {
  return saved(event.request).then(function (found) { return found || networkFirst(event); });
}

self.addEventListener("install", function (event) {
  event.waitUntil(Promise.all(SETTINGS.pack.map(function (address) {
    return fetch(address, { cache: "no-cache" })
      .then(function (answer) { return keep(NAME, address, answer); })
      .catch(function () { /* one page less in the pack; the rest stands */ });
  })).then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) {
      return name.indexOf("loa-") === 0 && [NAME, SEEN, INDEX].indexOf(name) < 0 ? caches.delete(name) : null;
    }));
  }).then(function () { return self.clients.claim(); }));
});

self.addEventListener("fetch", function (event) {
  var url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (url.pathname.indexOf("/embed/") >= 0) { return; }
  event.respondWith(url.searchParams.has("v") ? savedFirst(event) : networkFirst(event));
});

// A page asks how old it is: "" when it came from the network
self.addEventListener("message", function (event) {
  if (event.data === "age" && event.source) { event.source.postMessage({ saved: served[event.source.id] || "" }); }
});
