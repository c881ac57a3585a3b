// The form of /nhung/: picks from the codes that the list below it holds, adds what was chosen.
(function () {
  "use strict";
  var form = document.getElementById("chon"), copied = document.getElementById("c-said");
  function field(name) { return document.getElementById("c-" + name); }
  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }
  function option(select, value, text) {
    var made = document.createElement("option");
    made.value = value;
    made.textContent = text;
    select.appendChild(made);
  }
  function empty(select) { while (select.firstChild) { select.removeChild(select.firstChild); } }
  function chosen(name) { return field(name) ? field(name).value : ""; }
  var widgets = all("[data-widget]"), campaigns = all("[data-campaign]"), coloured = false;

  function what() {
    var at = chosen("gi").split(":");
    return at[0] === "w" ? { widget: widgets[at[1]] } : { campaign: campaigns[at[1]] };
  }
  function block(widget) {
    return all("[data-lang]", widget).filter(function (item) { return item.getAttribute("data-lang") === chosen("lang"); })[0];
  }
  function address(base, block) {
    return base + block.getAttribute("data-path") + (chosen("part") ? chosen("part") + "/" : "");
  }
  function options(widget) {
    var found = [];
    if (chosen("count") && chosen("count") !== widget.getAttribute("data-count")) { found.push(["count", chosen("count")]); }
    if (chosen("theme")) { found.push(["theme", chosen("theme")]); }
    if (chosen("place")) { found.push(["place", chosen("place")]); }
    if (coloured) { found.push(["accent", chosen("color").slice(1)]); }
    return found;
  }
  // portals that take an address or a frame only; WordPress drops what stands behind "#"
  function plain(portal) { return /^(wordpress|sharepoint|liferay|text)$/.test(portal); }
  function way(portal) { return plain(portal) ? "frame" : chosen("kieu"); }
  function widgetCode(widget, portal) {
    var item = block(widget), texts = all("textarea", item), path = item.getAttribute("data-path");
    var code = (portal === "text" ? texts[2] : way(portal) === "script" ? texts[1] : texts[0]).value;
    var base = texts[0].value.split('src="')[1].split(path)[0], own = options(widget);
    var hash = own.length ? "#" + own.map(function (pair) { return pair.join("="); }).join("&amp;") : "";
    var height = widget.getAttribute("data-height"), name = widget.getAttribute("data-title");
    if (portal === "liferay" || (portal === "wordpress" && !own.length)) { return address(base, item) + hash.replace(/&amp;/g, "&"); }
    code = code.split(base + path).join(address(base, item));
    if (chosen("part")) { code = code.split(name).join(name + " – " + field("part").selectedOptions[0].text.replace(/[<>&"]/g, "")); }
    code = code.replace('height="' + height + '"', 'height="' + (parseInt(chosen("height"), 10) || height) + '"');
    code = code.replace('src="' + address(base, item) + '"', 'src="' + address(base, item) + hash + '"');
    own.forEach(function (pair) { code = code.replace('data-loa="', "data-" + pair[0] + '="' + pair[1] + '" data-loa="'); });
    if (portal === "sharepoint") { return code.split("\n")[0]; }
    return way(portal) === "grow" ? code + "\n" + form.getAttribute("data-growing") : code;
  }
  function bannerCode(campaign, portal) {
    if (portal === "text") {
      return campaign.querySelector("[data-text] strong").textContent + ": " + campaign.querySelector("p a").href;
    }
    var code = all("details", campaign)[chosen("size") || 0].querySelector("textarea").value;
    if (portal === "sharepoint") {
      return "Ảnh: " + field("csp").getAttribute("data-origin").split("/")[0] + code.match(/ 1x, (\S+) 2x/)[1] +
        "\nLiên kết: " + campaign.querySelector("p a").href + "\nMô tả (alt): " + campaign.querySelector("[data-text] strong").textContent;
    }
    return code;
  }
  function policy(one, portal) {
    var origin = field("csp").getAttribute("data-origin");
    if (portal === "text") { return "không cần thêm gì"; }
    if (one.campaign) { return "img-src " + origin; }
    if (way(portal) === "script") { return "script-src " + origin + "; connect-src " + origin + "; form-action " + origin; }
    return "frame-src " + origin + (way(portal) === "grow" ? "; script-src " + origin : "");
  }
  function preview(one) {
    var slot = field("xem"), made, source, item, hash;
    if (one.widget) {
      item = block(one.widget);
      hash = options(one.widget).map(function (pair) { return pair.join("="); }).join("&");
      source = one.widget.querySelector("p a").getAttribute("href").split("/embed/")[0] + address("", item);
      made = document.createElement("iframe");
      made.title = "Xem trước: " + one.widget.getAttribute("data-title");
      made.height = parseInt(chosen("height"), 10) || one.widget.getAttribute("data-height");
      made.src = source + (hash ? "#" + hash : "");
    } else {
      made = all("details", one.campaign)[chosen("size") || 0].querySelector("img").cloneNode();
      made.loading = "eager";
    }
    while (slot.firstChild) { slot.removeChild(slot.firstChild); }
    slot.appendChild(made);
  }
  function show() {
    var one = what(), portal = chosen("cong");
    all("[data-for]", form).forEach(function (item) { item.hidden = (item.getAttribute("data-for") === "widget") !== Boolean(one.widget); });
    if (one.widget && field("part").options.length < 2) { field("part").parentNode.hidden = true; }
    field("ma").value = one.widget ? widgetCode(one.widget, portal) : bannerCode(one.campaign, portal);
    field("help").textContent = document.getElementById("d-" + portal).textContent;
    field("csp").textContent = policy(one, portal);
    field("kieu").disabled = plain(portal);
    copied.textContent = "";
    preview(one);
  }
  function fill() {
    var one = what();
    ["part", "lang", "size"].forEach(function (name) { empty(field(name)); });
    if (one.widget) {
      option(field("part"), "", "Tất cả");
      all("[data-part]", one.widget).forEach(function (item) { option(field("part"), item.getAttribute("data-part"), item.getAttribute("data-name")); });
      all("[data-lang]", one.widget).forEach(function (item) { option(field("lang"), item.getAttribute("data-lang"), item.getAttribute("data-name")); });
      field("height").value = one.widget.getAttribute("data-height");
      field("count").value = one.widget.getAttribute("data-count");
    } else {
      all("details", one.campaign).forEach(function (item, place) { option(field("size"), place, item.getAttribute("data-size")); });
    }
    show();
  }
  widgets.forEach(function (item, place) { option(field("gi"), "w:" + place, item.getAttribute("data-title")); });
  campaigns.forEach(function (item, place) { if (item.querySelector("details")) { option(field("gi"), "b:" + place, "Biểu ngữ: " + item.getAttribute("data-campaign")); } });
  field("gi").addEventListener("change", fill);
  form.addEventListener("change", function (event) {
    if (event.target.id === "c-color") { coloured = true; }
    if (event.target.id !== "c-gi") { show(); }
  });
  field("plain").addEventListener("click", function () { coloured = false; show(); });
  field("copy").addEventListener("click", function () {
    var area = field("ma");
    function said(done) { copied.textContent = done ? "Đã chép." : "Không chép được: mã đã được chọn, nhấn Ctrl+C."; if (!done) { area.focus(); area.select(); } }
    if (!navigator.clipboard) { said(false); return; }
    navigator.clipboard.writeText(area.value).then(function () { said(true); }, function () { said(false); });
  });
  // the preview grows as the frame would on the host's page
  window.addEventListener("message", function (event) {
    var frame = field("xem").querySelector("iframe"), said = event.data;
    if (frame && event.source === frame.contentWindow && said && said.loa === 1 && chosen("kieu") !== "frame") {
      frame.height = Math.max(40, Math.min(2000, Number(said.height) || 40));
    }
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  if (widgets.length || campaigns.length) { form.hidden = false; fill(); }
})();
