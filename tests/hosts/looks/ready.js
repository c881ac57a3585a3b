// Whether so many widgets are drawn.
(wanted) => {
  var all = document.querySelectorAll("[data-loa]"), i, n = 0;
  for (i = 0; i < all.length; i++) { if (all[i].shadowRoot) { n += 1; } }
  return n >= wanted;
}
