// The host's page without its frames, which may grow.
() => {
  var copy = document.body.cloneNode(true), frames = copy.querySelectorAll("iframe"), i;
  for (i = 0; i < frames.length; i++) { frames[i].parentNode.removeChild(frames[i]); }
  return copy.innerHTML;
}
