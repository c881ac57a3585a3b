// Shows notices whose time has come ([data-from]) and hides what is over ([data-until]).
(function () {
  "use strict";
  function at(element, name) { return Date.parse(element.getAttribute(name)); }
  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }
  function look() {
    var now = Date.now();
    each("[data-from]", function (element) { element.hidden = !(at(element, "data-from") <= now); });
    each("[data-until]", function (element) { if (at(element, "data-until") <= now) { element.hidden = true; } });
  }
  look();
  setInterval(look, 60000);
})();
