// The names of the window, without those of frames.
() => {
  var names = [], all = Object.getOwnPropertyNames(window), i;
  for (i = 0; i < all.length; i++) { if (isNaN(all[i])) { names.push(all[i]); } }
  return names.sort().join();
}
