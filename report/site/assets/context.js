// The pages of findings in context and of candidates for the table of brands.
"use strict";
(function (c) {
  var el = c.el, w = c.w, label = c.label, pageSize = 100;

  function uses(lines, key) { var seen = {}; lines.forEach(function (x) { seen[x[key] || ""] = (seen[x[key] || ""] || 0) + 1; }); return seen; }
  function options(lines, key, name) {
    var seen = uses(lines, key);
    return [["", w("any")]].concat(Object.keys(seen).filter(Boolean).map(function (v) { return [v, name(v) + " (" + seen[v] + ")"]; }).sort(function (a, b) { return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0; }));
  }
  function caseName(n) { var z = c.data.index.cases; return z.number[n] || z.id[n]; }
  function heads(names) { return el("thead", {}, el("tr", {}, names.map(function (h) { return el("th", { scope: "col" }, w(h)); }))); }

  function contextLines(box, a, variable, lines) {
    var q = a.query, found = lines.filter(function (x) {
      return (!q.value || x.v === q.value) && (!q.holder || x.h === q.holder) && (!q.adoption || (x.a || "") === q.adoption) && (!q.status || (x.s || "") === q.status) && (!q.q || (x.b + x.q + x.e).indexOf(q.q) >= 0);
    });
    var pages = Math.max(1, Math.ceil(found.length / pageSize)), page = Math.min(pages, Math.max(1, parseInt(q.page, 10) || 1));
    function turn(to, text) { return to < 1 || to > pages ? null : el("a", { href: c.link("context", "", Object.assign({}, q, { page: to })) }, text); }
    var says = w("contextFound", found.length, variable.findings) + (variable.shown < variable.findings ? " " + w("contextFirst", variable.shown) : "");
    box.textContent = "";
    c.append(box, [el("p", { id: "found" }, says + " ", el("a", { href: c.link("context", "", { v: variable.variable }) }, w("clear"))), el("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": w("context") }, el("table", { id: "kwic", "class": "kwic" }, heads(["number", "before", "quote", "after", "value", "holder", "adoption"]), el("tbody", {}, found.slice((page - 1) * pageSize, page * pageSize).map(function (x) {
      return el("tr", {}, el("td", {}, el("a", { href: c.link("case", c.data.index.cases.id[x.c], { show: "f-" + x.id }) }, caseName(x.c))), el("td", { "class": "before" }, x.b), el("td", {}, el("mark", { "class": x.h + (x.a ? " " + x.a : "") }, x.q)), el("td", {}, x.e), el("td", {}, c.valueOf(variable.variable, x.v) + (x.s && x.s !== "affirmed" ? " (" + label(x.s) + ")" : "")), el("td", {}, label(x.h)), el("td", {}, x.a ? label(x.a) : ""));
    })))), el("div", { "class": "pager" }, turn(page - 1, w("previous")), el("span", {}, w("page", page, pages)), turn(page + 1, w("next")))]);
    c.say(says);
  }

  c.views.context = function (main, a) {
    var box = el("div", {}, w("loading"));
    c.append(main, [el("h1", {}, w("context")), el("p", { "class": "note" }, w("contextHelp")), box]);
    function fail(name) { box.textContent = w("failed", name); }
    c.load("contexts", function (all) {
      var variable = all.filter(function (x) { return x.variable === a.query.v; })[0] || all[0];
      if (!variable) { box.textContent = w("nothing"); return; }
      c.load(variable.file, function (lines) {
        if (c.address().page !== "context") { return; }
        var out = el("div", {}), q = Object.assign({}, a.query, { v: variable.variable }), search = el("input", { type: "search", id: "f-q", value: q.q || "" });
        search.addEventListener("change", function () { var n = Object.assign({}, q, { q: search.value }); delete n.page; location.hash = c.link("context", "", n); });
        var names = all.map(function (x) { return [x.variable, c.variable(x.variable) + " (" + x.findings + ")"]; }).sort(function (x, y) { return x[1] < y[1] ? -1 : x[1] > y[1] ? 1 : 0; });
        var choose = el("select", { id: "f-v", onchange: function () { location.hash = c.link("context", "", { v: choose.value }); } }, names.map(function (o) { return el("option", { value: o[0], selected: o[0] === variable.variable }, o[1]); }));
        box.textContent = "";
        c.append(box, [el("form", { "class": "filters", role: "search", onsubmit: function (ev) { ev.preventDefault(); search.dispatchEvent(new Event("change")); } }, el("label", { "for": "f-v", "class": "wide" }, w("variable"), choose), c.select("value", w("value"), options(lines, "v", function (v) { return c.valueOf(variable.variable, v); }), q, "context"),
          c.select("holder", w("holder"), options(lines, "h", label), q, "context"), c.select("adoption", w("adoption"), options(lines, "a", label), q, "context"), c.select("status", w("status"), options(lines, "s", label), q, "context"), el("label", { "for": "f-q" }, w("searchWords"), search)), out]);
        contextLines(out, { query: q }, variable, lines);
      }, fail);
    }, fail);
  };

  c.views.candidates = function (main) {
    var box = el("div", {}, w("loading"));
    c.append(main, [el("h1", {}, w("candidates")), el("p", { "class": "note" }, w("candidatesHelp")), box]);
    c.load("candidates", function (all) {
      box.textContent = "";
      if (!all.length) { box.textContent = w("nothing"); return; }
      c.append(box, el("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": w("candidates") }, el("table", { id: "candidates" }, heads(["company", "cases", "evidence"]), el("tbody", {}, all.map(function (x) {
        var id = x["case"];
        return el("tr", {}, el("td", {}, x.name), el("td", {}, el("details", {}, el("summary", {}, String(x.count)), el("ul", {}, x.cases.map(function (k) { return el("li", {}, el("a", { href: c.link("case", k) }, c.caseName(k))); })))),
          el("td", {}, x.quote ? [el("q", {}, x.quote), " ", el("a", { href: c.link("case", id, { show: "f-" + x.finding }) }, c.caseName(id))] : ""));
      })))));
    }, function (name) { box.textContent = w("failed", name); });
  };
  c.caseName = function (id) { var n = c.data.index.cases.id.indexOf(id); return n < 0 ? id : caseName(n); };
})(caipan);
