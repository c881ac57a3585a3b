// Keeps the emergency pack. Alerts and pages come from the network first; what was saved comes when
// there is none, marked with the time at which it was saved (header x-saved). Nothing of others.
"use strict";
var NAME = "loa-" + SETTINGS.version;
var SEEN = "loa-seen";
var MOST = 40;
var WAIT = 8000;

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

function saved(request) { return caches.match(request, { ignoreVary: true }); }

function networkFirst(event) {
  var path = new URL(event.request.url).pathname;
  return fetched(event.request).then(function (answer) {
    var name = SETTINGS.pack.indexOf(path) >= 0 ? NAME : SEEN;
    event.waitUntil(keep(name, event.request, answer).then(trim));
    return answer;
  }).catch(function () {
    return saved(event.request).then(function (found) {
      if (found) { return found; }
      if (event.request.mode === "navigate") { return saved(SETTINGS.fallback); }
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
      return name.indexOf("loa-") === 0 && name !== NAME && name !== SEEN ? caches.delete(name) : null;
    }));
  }).then(function () { return self.clients.claim(); }));
});

self.addEventListener("fetch", function (event) {
  var url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (url.pathname.indexOf("/embed/") >= 0) { return; }
  event.respondWith(url.searchParams.has("v") ? savedFirst(event) : networkFirst(event));
});
