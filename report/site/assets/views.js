// The pages that are not about one case.
"use strict";
(function (c) {
  var el = c.el, w = c.w, label = c.label;
  var pageSize = 50;

  function words() { return c.data.overview[c.state.lang]; }
  function list(name, i) { return i < 0 ? "" : c.data.index.lists[name][i]; }

  // chosen is the number of the doctrine, variant and evidence policy in the address; by default the first doctrine
  // with the richest evidence.
  function chosen(query) {
    var all = c.data.index.choices, order = ["pleadings", "undisputed", "facts", "reasoning"], best = -1;
    all.forEach(function (x, i) {
      var name = x.doctrine + ":" + x.variant;
      if (query.d ? name !== query.d : all.length && name !== all[0].doctrine + ":" + all[0].variant) { return; }
      if (query.p ? x.policy === query.p : best < 0 || order.indexOf(x.policy) > order.indexOf(all[best].policy)) { best = i; }
    });
    return best;
  }
  function doctrineOf(choice) {
    return c.data.overview.doctrines.filter(function (d) { return d.id === choice.doctrine && d.variant === choice.variant; })[0] || { classes: [], rules: [], title: { en: "", zh: "" } };
  }

  function select(name, text, options, query, page) {
    var s = el("select", { id: "f-" + name, onchange: function () { var q = Object.assign({}, query); q[name] = s.value; delete q.page; location.hash = c.link(page, "", q); } });
    options.forEach(function (o) { c.append(s, el("option", { value: o[0], selected: (query[name] || "") === o[0] }, o[1])); });
    return el("label", { "for": "f-" + name }, text, s);
  }
  function choiceSelects(query, page) {
    var seen = {}, doctrines = [], policies = [], k = chosen(query), now = c.data.index.choices[k] || {};
    c.data.index.choices.forEach(function (x) {
      var n = x.doctrine + ":" + x.variant;
      if (!seen[n]) { seen[n] = 1; doctrines.push([n, x.doctrine + " · " + x.variant]); }
      if (!seen["p" + x.policy]) { seen["p" + x.policy] = 1; policies.push([x.policy, label(x.policy)]); }
    });
    var q = Object.assign({}, query, { d: now.doctrine + ":" + now.variant, p: now.policy });
    return [select("d", w("doctrine"), doctrines, q, page), select("p", w("policy"), policies, q, page)];
  }

  function table(t, links) {
    var head = el("tr", {}, t.head.map(function (h, i) { return el("th", { scope: "col", "class": i >= t.left ? "n" : null }, h); }));
    var body = t.rows.map(function (r) { return el("tr", {}, r.map(function (x, i) { return el("td", { "class": i >= t.left ? "n" : null }, x); })); });
    return el("div", {}, el("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": t.caption }, el("table", {}, el("caption", {}, t.caption), el("thead", {}, head), el("tbody", {}, body))),
      (t.notes || []).map(function (n) { return el("p", { "class": "note" }, n); }),
      links ? el("p", { "class": "note" }, w("download") + ": ", ["csv", "md", "tex", "docx"].map(function (x) { return [el("a", { href: "tables/" + t.name + "." + x }, x), " "]; })) : null);
  }

  function matrix(query) {
    var k = chosen(query), ix = c.data.index;
    if (k < 0) { return el("p", {}, w("nothing")); }
    var choice = ix.choices[k], classes = doctrineOf(choice).classes, cells = {}, rows = classes.slice(), cols = classes.slice(), a = ix.rows.actual[k], p = ix.rows.predicted[k];
    function seen(set, x) { if (set.indexOf(x) < 0) { set.push(x); } }
    for (var i = 0; i < a.length; i++) {
      if (a[i] < 0 || p[i] < 0) { continue; }
      var key = list("class", a[i]) + "|" + list("class", p[i]);
      cells[key] = (cells[key] || 0) + 1;
      seen(rows, list("class", a[i])); seen(cols, list("class", p[i]));
    }
    function sortBeyond(x) { return x.slice(0, classes.length).concat(x.slice(classes.length).sort()); }
    rows = sortBeyond(rows); cols = sortBeyond(cols);
    var q = { d: choice.doctrine + ":" + choice.variant, p: choice.policy };
    var head = el("tr", {}, el("th", { scope: "col" }, w("ruling") + " ↓ / " + w("prediction") + " →"), cols.map(function (x, j) { return el("th", { scope: "col", "class": j === classes.length ? "beyond" : null }, label(x)); }), el("th", { scope: "col", "class": "n" }, w("total")));
    var body = rows.map(function (r, i) {
      var sum = 0;
      cols.forEach(function (x) { sum += cells[r + "|" + x] || 0; });
      return el("tr", { "class": i === classes.length ? "beyond" : null }, el("th", { scope: "row" }, label(r)), cols.map(function (x, j) {
        var n = cells[r + "|" + x] || 0, share = sum ? n / sum : 0;
        var kind = [n ? "s" + Math.min(4, Math.ceil(share * 4)) : "", i === j && i < classes.length ? "diagonal" : "", j === classes.length ? "beyond" : ""].join(" ").trim();
        return el("td", { "class": kind || null }, n ? el("a", { href: c.link("cases", "", Object.assign({ actual: r, predicted: x }, q)), "aria-label": label(r) + " / " + label(x) + ": " + n }, String(n), " ", el("span", { "class": "share" }, Math.round(share * 100) + "%")) : el("span", { "class": "share" }, "0"));
      }), el("td", { "class": "n" }, String(sum)));
    });
    return el("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": w("matrix") }, el("table", { "class": "matrix", id: "matrix" }, el("caption", {}, w("matrix") + " (" + choice.doctrine + " · " + choice.variant + " · " + w("policy") + ": " + label(choice.policy) + ")"), el("thead", {}, head), el("tbody", {}, body)));
  }

  c.views.overview = function (main, a) {
    var o = words();
    c.append(main, [el("h1", {}, w("title")), el("div", { "class": "headline", id: "headline" }, o.headline.map(function (p) { return el("p", {}, p); })),
      el("h2", {}, w("matrix")), el("p", { "class": "note" }, w("matrixHelp")), el("div", { "class": "filters" }, choiceSelects(a.query, "overview")), matrix(a.query), parting(a.query)]);
    if (c.data.overview.figures.length) {
      c.append(main, [el("h2", {}, w("figures")), el("div", { "class": "figures" }, c.data.overview.figures.map(function (f) {
        return el("figure", {}, el("a", { href: "figures/" + f.name + "-170mm.pdf" }, el("img", { src: "figures/" + f.name + "-85mm.svg", alt: f.alt[c.state.lang], loading: "lazy" })), el("figcaption", { "class": "note" }, f.alt[c.state.lang] + " — ", ["85", "170"].map(function (mm) { return [mm + " mm: ", ["pdf", "svg", "png"].map(function (x) { return [el("a", { href: "figures/" + f.name + "-" + mm + "mm." + x, "aria-label": f.alt[c.state.lang] + ", " + mm + " mm, " + x }, x), " "]; }), "· "]; }), el("a", { href: "figures/" + f.name + ".csv" }, "csv")));
      }))]);
    }
    var validated = function (t) { return /^(validation|corrected)(_|$)/.test(t.name); };
    if (o.tables.some(validated)) c.append(main, [el("h2", { id: "validation" }, w("validation")), o.tables.filter(validated).map(function (t) { return table(t, true); })]);
    c.append(main, [el("h2", {}, w("tables")), o.tables.filter(function (t) { return !validated(t); }).map(function (t) { return t.name === "confusion_long" ? el("p", { "class": "note" }, t.caption + ": ", el("a", { href: "tables/confusion_long.csv" }, "csv")) : table(t, true); })]);
  };

  // parted reports whether court and doctrine both decide row i and say different things, of which one is the class wanted.
  function parted(k, classes, i, wanted) {
    var a = list("class", c.data.index.rows.actual[k][i]), p = list("class", c.data.index.rows.predicted[k][i]);
    return a !== p && classes.indexOf(a) >= 0 && classes.indexOf(p) >= 0 && (wanted === "any" || a === wanted || p === wanted);
  }

  // parting is a line for each class over which court and doctrine part, with links to the cases.
  function parting(query) {
    var k = chosen(query);
    if (k < 0) { return null; }
    var choice = c.data.index.choices[k], classes = doctrineOf(choice).classes, r = c.data.index.rows, q = { d: choice.doctrine + ":" + choice.variant, p: choice.policy };
    function count(test) { var n = 0; for (var i = 0; i < r.case.length; i++) { if (test(i)) { n++; } } return n; }
    function cell(n, more) { return el("td", { "class": "n" }, n ? el("a", { href: c.link("cases", "", Object.assign({}, q, more)) }, String(n)) : "0"); }
    return [el("h2", {}, w("partsTitle")), el("p", { "class": "note" }, w("partsHelp")), el("div", { "class": "scroll" }, el("table", { id: "parts" }, el("thead", {}, el("tr", {}, [el("th", { scope: "col" }, w("type")), el("th", { scope: "col", "class": "n" }, w("parts")), el("th", { scope: "col", "class": "n" }, w("partsRuled")), el("th", { scope: "col", "class": "n" }, w("partsPredicted"))])),
      el("tbody", {}, ["any"].concat(classes).map(function (x) {
        var ruled = x === "any" ? null : count(function (i) { return parted(k, classes, i, x) && list("class", r.actual[k][i]) === x; }), predicted = x === "any" ? null : count(function (i) { return parted(k, classes, i, x) && list("class", r.predicted[k][i]) === x; });
        return el("tr", {}, el("th", { scope: "row" }, x === "any" ? w("partsAll") : label(x)), cell(count(function (i) { return parted(k, classes, i, x); }), { parts: x }), ruled === null ? el("td", {}) : cell(ruled, { parts: x, actual: x }), predicted === null ? el("td", {}) : cell(predicted, { parts: x, predicted: x }));
      }))))];
  }

  // keys are what the search looks into, made once.
  var keys = null;
  function fold(s) { return s.toLowerCase().replace(/\s/g, "").replace(/\(/g, "（").replace(/\)/g, "）"); }
  function searchKeys() {
    var z = c.data.index.cases;
    keys = keys || z.id.map(function (id, n) { return fold(z.number[n] + "|" + z.parties[n] + "|" + id); });
    return keys;
  }

  // filtered lists the rows that the query leaves, in order.
  function filtered(query) {
    var ix = c.data.index, r = ix.rows, k = chosen(query), out = [], q = fold(query.q || ""), searched = q ? searchKeys() : null, classes = k >= 0 ? doctrineOf(ix.choices[k]).classes : [];
    function number(listName, value) { return value === "?" ? -1 : ix.lists[listName].indexOf(value); }
    var service = query.service && number("service", query.service), labelNo = query.label && number("label", query.label), actual = query.actual && number("class", query.actual), predicted = query.predicted && number("class", query.predicted);
    var dis = query.dis && number("disagreement", query.dis), court = query.court && number("court", query.court), year = query.year && number("year", query.year), rule = query.rule && number("rule", query.rule);
    for (var i = 0; i < r.case.length; i++) {
      var n = r.case[i];
      if (service !== undefined && service !== "" && query.service && r.service[i] !== service) { continue; }
      if (query.label && r.label[i] !== labelNo) { continue; }
      if (query.court && ix.cases.court[n] !== court) { continue; }
      if (query.year && ix.cases.year[n] !== year) { continue; }
      if (k >= 0 && ((query.actual && r.actual[k][i] !== actual) || (query.predicted && r.predicted[k][i] !== predicted) || (query.dis && r.disagreement[k][i] !== dis) || (query.rule && r.rule[k][i] !== rule))) { continue; }
      if (query.parts && (k < 0 || !parted(k, classes, i, query.parts))) { continue; }
      if (q && searched[n].indexOf(q) < 0) { continue; }
      out.push(i);
    }
    return out;
  }
  c.select = select;
  c.filtered = filtered;
  c.chosen = chosen;
  c.list = list;

  function options(name, used) {
    var all = c.data.index.lists[name].map(function (x) { return [x, label(x)]; }).sort(function (x, y) { return x[1] < y[1] ? -1 : x[1] > y[1] ? 1 : 0; });
    return [["", w("any")]].concat(all, used.indexOf(-1) >= 0 ? [["?", w("notStated")]] : []);
  }

  c.views.cases = function (main, a) {
    var ix = c.data.index, q = a.query, k = chosen(q), rows = filtered(q), cases = {}, page = Math.max(1, parseInt(q.page, 10) || 1), pages = Math.max(1, Math.ceil(rows.length / pageSize));
    page = Math.min(page, pages);
    rows.forEach(function (i) { cases[ix.rows.case[i]] = 1; });
    var search = el("input", { type: "search", id: "f-q", value: q.q || "" });
    search.addEventListener("change", function () { var n = Object.assign({}, q); n.q = search.value; delete n.page; location.hash = c.link("cases", "", n); });
    var found = w("found", rows.length, Object.keys(cases).length);
    c.append(main, [el("h1", {}, w("cases")), el("form", { "class": "filters", id: "filters", role: "search", onsubmit: function (ev) { ev.preventDefault(); search.dispatchEvent(new Event("change")); } },
      el("label", { "for": "f-q", "class": "wide" }, w("search"), search), choiceSelects(q, "cases"),
      select("service", w("service"), options("service", ix.rows.service), q, "cases"), select("label", w("liability"), options("label", []), q, "cases"),
      select("actual", w("ruling"), options("class", []), q, "cases"), select("predicted", w("prediction"), options("class", []), q, "cases"),
      select("dis", w("disagreement"), options("disagreement", [-1]), q, "cases"), select("rule", w("rule"), options("rule", []), q, "cases"),
      select("parts", w("parts"), [["", w("any")], ["any", w("partsAll")]].concat(k < 0 ? [] : doctrineOf(ix.choices[k]).classes.map(function (x) { return [x, label(x)]; })), q, "cases"),
      select("court", w("court"), options("court", ix.cases.court), q, "cases"), select("year", w("year"), options("year", ix.cases.year), q, "cases")),
      el("p", { id: "found" }, found + " ", el("a", { href: c.link("cases") }, w("clear")))]);
    c.say(found);
    var shown = rows.slice((page - 1) * pageSize, page * pageSize);
    var body = shown.map(function (i) {
      var n = ix.rows.case[i], query = Object.assign({}, q);
      delete query.page;
      return el("tr", {}, el("td", {}, el("a", { href: c.link("case", ix.cases.id[n], query) }, ix.cases.number[n] || ix.cases.id[n])), el("td", {}, ix.rows.name[i]), el("td", {}, list("court", ix.cases.court[n])), el("td", {}, list("year", ix.cases.year[n])),
        el("td", {}, label(list("service", ix.rows.service[i]))), el("td", {}, label(list("label", ix.rows.label[i]))), el("td", {}, k < 0 ? "" : label(list("class", ix.rows.predicted[k][i]))), el("td", {}, k < 0 ? "" : label(list("rule", ix.rows.rule[k][i]))), el("td", {}, k < 0 ? "" : label(list("disagreement", ix.rows.disagreement[k][i]))));
    });
    function turn(to, text) { return to < 1 || to > pages ? null : el("a", { href: c.link("cases", "", Object.assign({}, q, { page: to })) }, text); }
    c.append(main, [el("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": w("cases") }, el("table", { id: "list" }, el("thead", {}, el("tr", {}, ["number", "party", "court", "year", "service", "liability", "predicted", "rule", "disagreement"].map(function (h) { return el("th", { scope: "col" }, w(h)); }))), el("tbody", {}, body))),
      el("div", { "class": "pager" }, turn(page - 1, w("previous")), el("span", {}, w("page", page, pages)), turn(page + 1, w("next")))]);
  };

  c.views.rules = function (main, a) {
    var ix = c.data.index, k = chosen(a.query), count = {};
    c.append(main, [el("h1", {}, w("rules")), el("div", { "class": "filters" }, choiceSelects(a.query, "rules")), el("p", { "class": "note" }, w("rulesHelp"))]);
    if (k >= 0) {
      var choice = ix.choices[k], rules = doctrineOf(choice).rules;
      ix.rows.rule[k].forEach(function (r) { if (r >= 0) { count[r] = (count[r] || 0) + 1; } });
      c.append(main, el("div", { "class": "scroll" }, el("table", { id: "rules" }, el("thead", {}, el("tr", {}, ["rule", "source", "about", "counts"].map(function (h) { return el("th", { scope: "col" }, w(h)); }))), el("tbody", {}, Object.keys(count).sort(function (x, y) { return count[y] - count[x] || x - y; }).map(function (r) {
        var id = list("rule", r), mine = rules.filter(function (x) { return x.id === id || x.id.indexOf(id + ".") === 0; });
        return el("tr", {}, el("td", {}, label(id)), el("td", {}, mine.map(function (x) { return el("div", {}, x.source); })), el("td", {}, mine.map(function (x) { return el("div", {}, x.reason[c.state.lang]); })), el("td", { "class": "n" }, el("a", { href: c.link("cases", "", { d: choice.doctrine + ":" + choice.variant, p: choice.policy, rule: id }) }, String(count[r]))));
      })))));
    }
    var box = el("div", {}, w("loading"));
    c.append(main, [el("p", { "class": "note" }, w("cuesHelp")), box]);
    c.load("cues", function (cues) {
      box.textContent = "";
      c.append(box, el("div", { "class": "scroll" }, el("table", { id: "cues" }, el("thead", {}, el("tr", {}, ["cue", "variable", "value", "findings", "cases"].map(function (h) { return el("th", { scope: "col" }, w(h)); }))), el("tbody", {}, cues.map(function (x) {
        var details = el("details", {}, el("summary", {}, String(x.count)));
        details.addEventListener("toggle", function () {
          if (!details.open || details.children.length > 1) { return; }
          c.append(details, el("ul", {}, x.cases.map(function (n) { return el("li", {}, el("a", { href: c.link("case", ix.cases.id[n]) }, ix.cases.number[n] || ix.cases.id[n])); })));
        });
        return el("tr", {}, el("td", {}, x.cue), el("td", {}, c.variable(x.variable)), el("td", {}, c.valueOf(x.variable, x.value)), el("td", { "class": "n" }, String(x.findings)), el("td", {}, details));
      })))));
    }, function (name) { box.textContent = w("failed", name); });
  };

  c.views.ledger = function (main) {
    var o = c.data.overview;
    function num(n) { return el("td", { "class": "n" }, String(n)); }
    c.append(main, [el("h1", {}, w("ledger")), el("div", { "class": "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["source", "read", "written", "filtered", "duplicates", "rejected", "balance"].map(function (h, i) { return el("th", { scope: "col", "class": i > 0 && i < 6 ? "n" : null }, w(h)); }))), el("tbody", {}, (o.ledger || []).map(function (l) {
      return el("tr", {}, el("td", {}, l.source), num(l.read), num(l.written), num(l.filtered), num(l.duplicates), num(l.rejected), el("td", {}, l.read === l.written + l.filtered + l.duplicates + l.rejected ? w("yes") : w("no")));
    })))), el("h2", {}, w("rejects")), el("div", { "class": "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["source", "recordNo", "code", "message", "excerpt"].map(function (h) { return el("th", { scope: "col" }, w(h)); }))), el("tbody", {}, (o.rejects || []).map(function (r) {
      return el("tr", {}, el("td", {}, r.source), el("td", {}, r.record < 0 ? "—" : String(r.record)), el("td", {}, r.code), el("td", {}, r.message), el("td", {}, r.excerpt));
    }))))]);
  };

  c.views.codebook = function (main) {
    c.append(main, el("h1", {}, w("codebook")));
    var box = el("div", {}, w("loading"));
    c.append(main, box);
    c.load("codebook", function (tables) {
      box.textContent = "";
      tables.forEach(function (t) {
        c.append(box, [el("h2", {}, t.name), el("p", {}, t.about[c.state.lang]), el("div", { "class": "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["column", "type", "about", "values"].map(function (h) { return el("th", { scope: "col" }, w(h)); }))), el("tbody", {}, t.columns.map(function (x) {
          return el("tr", {}, el("td", {}, x.name), el("td", {}, x.type), el("td", {}, x.about[c.state.lang]), el("td", {}, (x.values || []).map(function (v) { return v.name + (v.label[c.state.lang] !== v.name ? " (" + v.label[c.state.lang] + ")" : ""); }).join(c.state.lang === "zh" ? "、" : ", ")));
        }))))]);
      });
    }, function (name) { box.textContent = w("failed", name); });
  };

  c.views.methods = function (main) {
    var text = words().methods || [], note = el("span", { role: "status" });
    c.append(main, [el("h1", {}, w("methods")), el("div", { id: "methods" }, text.map(function (p) { return el("p", {}, p); })), el("p", {}, el("button", { type: "button", onclick: function () {
      if (navigator.clipboard) { navigator.clipboard.writeText(text.join("\n\n")).then(function () { note.textContent = w("copied"); }, function () { note.textContent = ""; }); }
    } }, w("copy")), " ", note)]);
  };

  c.views.record = function (main) {
    c.append(main, [el("h1", {}, w("record")), el("div", { "class": "card" }, el("dl", {}, [{ name: "run", value: c.data.overview.run_id }].concat(c.data.overview.record || []).map(function (l) { return [el("dt", {}, l.name), el("dd", {}, l.value)]; })))]);
  };
})(caipan);
