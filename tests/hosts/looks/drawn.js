// What is wrong with the widgets that the script drew, or how many there are. Uses no array method:
// one of the host pages has broken them all.
() => {
  var found = [], all = document.querySelectorAll("[data-loa]"), i, box, style, seen, name;
  for (i = 0; i < all.length; i++) {
    name = all[i].getAttribute("data-loa");
    box = all[i].shadowRoot && all[i].shadowRoot.querySelector("section");
    if (!box) { found.push("nothing in " + name); continue; }
    style = getComputedStyle(box);
    seen = box.getBoundingClientRect();
    if (style.display !== "block" || style.direction !== "ltr") { found.push("laid out by the host: " + name); }
    if (style.fontSize !== "16px" || style.letterSpacing !== "normal") { found.push("set by the host: " + name); }
    if (seen.width < 100 || seen.height < 60) { found.push("size " + seen.width + " x " + seen.height); }
    if (!box.querySelector("h2 a") || !box.querySelector("li, p")) { found.push("empty: " + name); }
    if (getComputedStyle(box.querySelector("h2")).display !== "block") { found.push("headless: " + name); }
  }
  return found.length ? found.join("; ") : String(all.length);
}
