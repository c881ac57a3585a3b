"""The page that opens the form editor, and the words that its Vietnamese lacks. Pure."""

from __future__ import annotations

import json

WORDS = {
    "editor": {
        "editorToolbar": {
            "publish": "Lưu",
            "published": "Đã lưu",
            "publishing": "Đang lưu…",
            "publishNow": "Lưu ngay",
            "publishAndCreateNew": "Lưu và viết bài mới",
            "publishAndDuplicate": "Lưu và sao chép",
            "deleteEntry": "Xóa bài này",
        },
        "editorWidgets": {
            "list": {"add": "Thêm %{item}", "addType": "Thêm %{item}"},
            "object": {"expand": "Mở ra", "collapse": "Thu lại"},
            "headingOptions": {"headingTwo": "Mục lớn", "headingThree": "Mục nhỏ"},
        },
    },
    "ui": {
        "toast": {
            "entrySaved": "Đã lưu",
            "entryPublished": "Đã lưu",
            "onFailToPersist": "Chưa lưu được: %{details}",
        }
    },
}
"""On this machine the button saves a file and commits it: nothing is public by that yet."""
INDEX = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Biên tập</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link href="config.yml" type="text/yaml" rel="cms-config-url"></head>
<body><script src="before.js"></script><script src="dist/decap-cms.js"></script>
<script src="start.js"></script></body></html>
"""
BEFORE = "window.CMS_MANUAL_INIT = true;\n"
START = f"""
(function () {{
  function merged(one, two) {{
    var all = Object.assign({{}}, one);
    Object.keys(two).forEach(function (name) {{
      all[name] = typeof two[name] === "object" ? merged(all[name] || {{}}, two[name]) : two[name];
    }});
    return all;
  }}
  CMS.registerLocale("vi", merged(CMS.getLocale("vi"), {json.dumps(WORDS, ensure_ascii=False)}));
  CMS.init();
}})();
"""
MISSING = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Biên tập</title></head><body>
<p>Chưa cài trình soạn thảo. Chạy: <code>python -m bootstrap editor</code> (cần npm), rồi tải lại
trang này.</p></body></html>
"""
PAGES = {
    "": (INDEX, "text/html; charset=utf-8"),
    "index.html": (INDEX, "text/html; charset=utf-8"),
    "before.js": (BEFORE, "text/javascript; charset=utf-8"),
    "start.js": (START, "text/javascript; charset=utf-8"),
}
