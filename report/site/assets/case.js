// The page of one case: text with marks, rulings, decisions, facts, findings.
"use strict";
(function (c) {
  var el = c.el, w = c.w, label = c.label;
  var holders = ["this_court", "lower_court", "plaintiff", "defendant", "third_party", "norm", "ruling", "citation", "hand"];
  var hidden = {};

  function find(id) {
    var ix = c.data.index.cases, n = ix.id.indexOf(id);
    return n >= 0 ? n : ix.number.indexOf(id);
  }

  // marksOf are the places to mark: findings by holder, rulings, citations.
  function marksOf(x) {
    var out = [];
    x.findings.forEach(function (f) { if (f.at) { out.push({ s: f.at[0], e: f.at[1], kind: f.holder, adoption: f.adoption || "", id: "f-" + f.id, title: c.variable(f.variable) + " = " + c.valueOf(f.variable, f.value) + " · " + label(f.holder) + (f.adoption ? " · " + label(f.adoption) : "") }); } });
    x.rulings.forEach(function (r, i) { if (r.at) { out.push({ s: r.at[0], e: r.at[1], kind: "ruling", adoption: "", id: "r-" + i, title: r.name + ": " + label(r.label) }); } });
    x.citations.forEach(function (z, i) { if (z.at) { out.push({ s: z.at[0], e: z.at[1], kind: "citation", adoption: "", id: "z-" + i, title: z.law + (z.article ? " " + z.article : "") }); } });
    x.corrections.forEach(function (k) { if (k.at) { out.push({ s: k.at[0], e: k.at[1], kind: "hand", adoption: "", id: "k-" + k.id, title: w("byHand") + ": " + fieldName(k) + " = " + fieldValue(k, k.value) }); } });
    return out.filter(function (m) { return !hidden[m.kind === "contract" || m.kind === "expert" ? "norm" : m.kind]; });
  }

  // fieldName and fieldValue say what a correction sets, as the page names it elsewhere.
  function fieldName(k) { return k.kind === "fact" ? c.variable(k.field) : k.kind + "." + k.field; }
  function fieldValue(k, value) { return k.kind === "fact" ? c.valueOf(k.field, value) : label(value); }
  function partyName(x, no) { var p = x.parties.filter(function (y) { return y.no === no; })[0]; return p ? p.name : ""; }

  // piece writes the text from s to e with the marks that cover it; of several the shortest is shown.
  function piece(x, s, e, marks) {
    var cuts = [s, e], out = [];
    marks = marks.filter(function (m) { return m.s < e && m.e > s; });
    marks.forEach(function (m) { [m.s, m.e].forEach(function (p) { if (p > s && p < e) { cuts.push(p); } }); });
    cuts.sort(function (a, b) { return a - b; });
    for (var i = 0; i + 1 < cuts.length; i++) {
      if (cuts[i] === cuts[i + 1]) { continue; }
      var here = marks.filter(function (m) { return m.s <= cuts[i] && m.e >= cuts[i + 1]; }).sort(function (a, b) { return (a.e - a.s) - (b.e - b.s); });
      var text = x.text.slice(cuts[i], cuts[i + 1]);
      if (!here.length) { out.push(text); continue; }
      out.push(el("mark", { "class": here[0].kind + (here[0].adoption ? " " + here[0].adoption : ""), title: here.map(function (m) { return m.title; }).join("\n"), "data-ids": here.map(function (m) { return m.id; }).join(" "), onclick: markClicked }, text));
    }
    return out;
  }
  function markClicked(ev) {
    var row = document.getElementById(ev.currentTarget.getAttribute("data-ids").split(" ")[0]);
    if (row) { for (var d = row.closest("details"); d; d = d.parentElement.closest("details")) { d.open = true; } row.scrollIntoView({ block: "center" }); row.setAttribute("tabindex", "-1"); row.focus(); }
  }

  // reveal marks the words of a finding or ruling and brings them into view.
  function reveal(id) {
    var first = null;
    document.querySelectorAll("mark").forEach(function (m) {
      var on = m.getAttribute("data-ids").split(" ").indexOf(id) >= 0;
      m.classList.toggle("chosen", on);
      if (on && !first) { first = m; }
    });
    if (first) { first.scrollIntoView({ block: "center" }); first.setAttribute("tabindex", "-1"); first.focus({ preventScroll: true }); }
  }
  function showButton(id, at) { return at ? el("button", { type: "button", "class": "show", onclick: function () { reveal(id); } }, w("show")) : null; }

  function textOf(x) {
    var marks = marksOf(x), out = [], at = 0, sections = x.sections.filter(function (s) { return s.at; }).slice().sort(function (a, b) { return a.at[0] - b.at[0]; });
    sections.forEach(function (s) {
      if (x.text.slice(at, s.at[0]).trim()) { out.push(el("p", { "class": "body" }, piece(x, at, s.at[0], marks))); }
      if (s.at[1] <= at) { return; }
      out.push(el("section", { "class": s.quoted ? "quoted" : null }, el("p", { "class": "kind" }, label("kind:" + s.kind) + (s.holder ? " · " + label(s.holder) : "") + (s.speaker ? " · " + s.speaker : "")), el("p", { "class": "body" }, piece(x, Math.max(at, s.at[0]), s.at[1], marks))));
      at = s.at[1];
    });
    if (x.text.slice(at).trim()) { out.push(el("p", { "class": "body" }, piece(x, at, x.text.length, marks))); }
    return out;
  }

  function lines(pairs) {
    return el("dl", {}, pairs.filter(function (p) { return (p.length < 3 || (p[2] || []).length) && p[1] !== undefined && p[1] !== null && p[1] !== "" && !(Array.isArray(p[1]) && !p[1].length); }).map(function (p) { return [el("dt", {}, p[0]), el("dd", {}, p[1])]; }));
  }
  function join(list) { return (list || []).join(c.state.lang === "zh" ? "、" : ", "); }

  function rulingCard(x, r, i) {
    // own puts the button behind a field of a party's main row; heads of claim are not corrected one by one.
    function own(field, shown, was) { return shown === undefined || shown === null || shown === "" || r.head || r.party < 0 ? shown : [String(shown), " ", c.correctButton(x, r.name, "ruling." + field, was === undefined ? shown : was, field === "label" ? r.quote : "")]; }
    return el("div", { "class": "card", id: "r-" + i }, el("h3", {}, own("label", r.name + ": " + label(r.label) + (r.head ? " (" + r.head + (r.head_kind ? " " + label(r.head_kind) : "") + ")" : ""), r.label)), lines([
      [w("byHand"), el("span", { "class": "hand" }, (r.hand || []).join(", ")), r.hand],
      [w("items"), own("items", join(r.items), (r.items || []).join("; "))], [w("also"), own("also", join((r.also || []).map(label)), (r.also || []).join("; "))], [w("via"), own("via", r.via && label("via:" + r.via), r.via)], [w("amount"), own("amount", r.amount)], [w("claimed"), own("claimed_amount", r.claimed)], [w("fraction"), own("fraction", r.fraction)],
      [w("cap"), r.cap_amount !== undefined ? own("cap_amount", r.cap_amount) : own("cap_fraction", r.cap_fraction)], [w("scope"), own("scope", r.scope && label("scope:" + r.scope), r.scope)], [w("recourse"), own("recourse", r.recourse && label("recourse:" + r.recourse), r.recourse)], ["", own("nonmoney", join(r.nonmoney), (r.nonmoney || []).join("; "))], ["", r.implicit ? own("implicit", w("implicit"), "yes") : ""],
      [w("quote"), r.quote ? [el("q", {}, r.quote), " ", showButton("r-" + i, r.at)] : ""], [w("why"), r.why ? r.why + (r.rule ? " (" + r.rule + ")" : "") : r.rule]]));
  }

  // rulingCards shows a party's main row; its heads of claim stand folded beneath it.
  function rulingCards(x) {
    var numbered = x.rulings.map(function (r, i) { return { r: r, i: i }; });
    return numbered.filter(function (y) { return y.r.head === 0; }).map(function (main) {
      var heads = numbered.filter(function (y) { return y.r.head > 0 && y.r.party === main.r.party && y.r.name === main.r.name; });
      var card = rulingCard(x, main.r, main.i);
      if (heads.length) { card.appendChild(el("details", {}, el("summary", {}, w("heads") + " (" + heads.length + ")"), heads.map(function (y) { return rulingCard(x, y.r, y.i); }))); }
      return card;
    });
  }

  function trace(x, d) {
    var known = {};
    x.findings.forEach(function (f) { known[f.id] = { quote: f.quote, mark: "f-" + f.id }; });
    x.corrections.forEach(function (k) { known[k.id] = { quote: k.quote || w("byHand"), mark: "k-" + k.id }; });
    var depth = {};
    return el("ol", { "class": "trace" }, (d.steps || []).map(function (s) {
      depth[s.no] = s.parent >= 0 && depth[s.parent] !== undefined ? depth[s.parent] + 1 : 0;
      var pad = new Array(depth[s.no] + 1).join("  ");
      return el("li", { "class": s.truth || null }, pad, el("span", { "class": "tag" }, label("step:" + s.kind)), " ", s.rule ? el("strong", {}, s.rule + " ") : null, s.condition || "", s.result ? " → " + s.result : "", s.norm ? " [" + s.norm + "]" : "", s.status === "hand" ? [" ", el("span", { "class": "tag hand" }, label("hand"))] : null, (s.findings || []).map(function (id) { return known[id] ? [" ", el("button", { type: "button", "class": "show", title: known[id].quote, onclick: function () { reveal(known[id].mark); } }, known[id].quote.slice(0, 12) || w("show"))] : null; }));
    }));
  }

  function decisionCard(x, d, open) {
    var compare = x.compare.filter(function (m) { return m.party === d.party && m.doctrine === d.doctrine && m.variant === d.variant && m.policy === d.policy; });
    function verdict(m) { return !m.compared ? (m.compatible ? w("compatible") : w("notCompared")) : m.agree ? w("agrees") : m.compatible ? w("compatible") : w("differs"); }
    return el("details", { "class": "card decision", open: open }, el("summary", {}, el("strong", {}, d.name + ": " + (d.outcome === "decided" ? label(d.liability) : label(d.outcome))), " · " + d.doctrine + " · " + d.variant + " · " + label(d.policy)),
      lines([[w("rule"), d.rule], [w("scope"), d.scope && label("scope:" + d.scope)], [w("cap"), d.cap], [w("recourse"), d.recourse && label("recourse:" + d.recourse)], [w("intensity"), d.intensity && label(d.intensity)], [w("breach"), d.breach && label(d.breach)], [w("law"), d.law]]),
      el("h3", {}, w("change")), el("p", { "class": "note" }, w("changeHelp")), lines([[w("decisive"), join((d.decisive || []).map(c.variable))], [w("missing"), join((d.missing || []).map(c.variable))]]),
      el("div", { "class": "scroll" }, el("table", { "class": "compare" }, el("thead", {}, el("tr", {}, ["compareStage", "predicted", "ruling", "outcome", "disagreement"].map(function (h) { return el("th", { scope: "col" }, w(h)); }))), el("tbody", {}, compare.map(function (m) { return el("tr", {}, el("td", {}, label("stage:" + m.stage)), el("td", {}, label(m.predicted)), el("td", {}, label(m.actual)), el("td", {}, verdict(m)), el("td", {}, m.disagreement ? label(m.disagreement) : "")); })))),
      (d.steps || []).length ? [el("h3", {}, w("trace")), trace(x, d)] : null);
  }

  // factField names a variable where a ruling's field has the same name; quoteOf are the words of a fact's winner.
  function factField(v) { return (c.data.overview.fields || []).some(function (f) { return f.name === "fact." + v; }) ? "fact." + v : v; }
  function quoteOf(x, f) { var own = x.findings.filter(function (y) { return y.id === (f.findings || [])[0]; })[0]; return own ? own.quote : ""; }

  function handTable(x) {
    return el("table", { id: "corrected" }, el("thead", {}, el("tr", {}, ["party", "variable", "value", "status", "coder", "reason", "quote"].map(function (h) { return el("th", { scope: "col" }, w(h)); }))), el("tbody", {}, x.corrections.map(function (k) {
      return el("tr", { id: "k-" + k.id }, el("td", {}, partyName(x, k.party)), el("td", {}, fieldName(k)), el("td", {}, fieldValue(k, k.value), k.was ? " (" + w("wasRead", fieldValue(k, k.was)) + ")" : ""), el("td", {}, label("correction:" + k.status)), el("td", {}, [k.coder, k.date].filter(Boolean).join(" ")), el("td", {}, k.reason || ""), el("td", {}, k.quote ? [el("q", {}, k.quote), " ", showButton("k-" + k.id, k.at)] : ""));
    })));
  }

  function side(x, a) {
    var k = c.chosen(a.query), choice = c.data.index.choices[k] || {};
    function big(title, count, body) { return el("details", { "class": "card" }, el("summary", {}, el("strong", {}, title + " (" + count + ")")), el("div", { "class": "scroll" }, body)); }
    function heads(names) { return el("thead", {}, el("tr", {}, names.map(function (h) { return el("th", { scope: "col" }, w(h)); }))); }
    var facts = x.facts.filter(function (f) { return f.policy === choice.policy; });
    return [x.corrections.length ? [el("h2", {}, w("byHand")), el("div", { "class": "scroll" }, handTable(x))] : null, el("h2", {}, w("rulings")), rulingCards(x), x.rulings.length ? null : el("p", {}, w("nothing")),
      el("h2", {}, w("decisions")), x.decisions.map(function (d) { return decisionCard(x, d, d.doctrine === choice.doctrine && d.variant === choice.variant && d.policy === choice.policy); }),
      big(w("facts") + " · " + label(choice.policy), facts.length, el("table", {}, heads(["party", "variable", "value", "level", "status", "why"]), el("tbody", {}, facts.map(function (f) { return el("tr", { "class": f.status === "hand" ? "hand" : null }, el("td", {}, String(f.party)), el("td", {}, c.variable(f.variable)), el("td", {}, c.valueOf(f.variable, f.value), " ", c.correctButton(x, partyName(x, f.party), factField(f.variable), f.value, quoteOf(x, f))), el("td", {}, String(f.level)), el("td", {}, label(f.status)), el("td", {}, f.reason || "")); })))),
      big(w("findings"), x.findings.length, el("table", { id: "findings" }, heads(["variable", "value", "status", "holder", "adoption", "level", "quote", "cue"]), el("tbody", {}, x.findings.map(function (f) { return el("tr", { id: "f-" + f.id }, el("td", {}, c.variable(f.variable)), el("td", {}, c.valueOf(f.variable, f.value)), el("td", {}, label(f.status) + (f.negation ? " (" + f.negation + ")" : "")), el("td", {}, label(f.holder)), el("td", {}, f.adoption ? label(f.adoption) : ""), el("td", {}, String(f.level)), el("td", {}, el("q", {}, f.quote), " ", showButton("f-" + f.id, f.at)), el("td", {}, f.cue || "")); })))),
      big(w("citations"), x.citations.length, el("table", {}, el("tbody", {}, x.citations.map(function (z, i) { return el("tr", { id: "z-" + i }, el("td", {}, "《" + z.law + "》" + (z.article ? "第" + z.article + "条" : "") + (z.paragraph ? "第" + z.paragraph + "款" : "") + (z.item ? "第" + z.item + "项" : "")), el("td", {}, label("cite:" + z.role)), el("td", {}, showButton("z-" + i, z.at))); })))),
      big(w("parties"), x.parties.length, el("table", {}, el("tbody", {}, x.parties.map(function (p) { return el("tr", {}, el("td", {}, String(p.no)), el("td", {}, p.name, " ", c.correctButton(x, p.name, "party.is_platform_operator", p.operator ? "yes" : "no", "")), el("td", {}, p.role_text || label(p.role), " ", c.correctButton(x, p.name, "party.role", p.role, "")), el("td", {}, p.operator ? [label(p.service) + (p.brand ? " · " + p.brand : ""), " ", c.correctButton(x, p.name, "service_type", p.service, "")] : "")); })))), c.corrections(x)];
  }

  function legend(redraw) {
    return el("div", { "class": "legend", role: "group", "aria-label": w("marks") }, holders.map(function (h) {
      return el("button", { type: "button", "aria-pressed": String(!hidden[h]), "data-holder": h, onclick: function (ev) { hidden[h] = !hidden[h]; ev.currentTarget.setAttribute("aria-pressed", String(!hidden[h])); redraw(); } }, el("span", { "class": "swatch " + h }), h === "ruling" ? w("ruling") : h === "citation" ? w("statute") : h === "norm" ? w("norm") : h === "hand" ? w("byHand") : label(h));
    }));
  }

  // why says of every party whether court and doctrine agree, and if not, where the difference comes from.
  function why(x, a) {
    var k = c.chosen(a.query), choice = c.data.index.choices[k], r = c.data.index.rows, n = find(x.id), out = [];
    if (k < 0) { return null; }
    for (var i = r.case.indexOf(n); i >= 0 && r.case[i] === n; i++) {
      var d = x.decisions.filter(function (y) { return y.party === r.party[i] && y.doctrine === choice.doctrine && y.variant === choice.variant && y.policy === choice.policy; })[0];
      var actual = c.list("class", r.actual[k][i]), predicted = c.list("class", r.predicted[k][i]), dis = c.list("disagreement", r.disagreement[k][i]);
      if (!d || !actual) { continue; }
      out.push(el("p", {}, el("strong", {}, d.name + " "), w("whyRuled", label(actual)) + " " + w("whyPredicted", choice.doctrine + " · " + choice.variant + " · " + label(choice.policy), label(predicted), d.rule ? w("whyBy", d.rule) : "") + " " + (actual === predicted ? w("whyAgree") : dis ? w("whyDiffer", label(dis)) : "") +
        ((d.decisive || []).length ? " " + w("whyDecisive", join(d.decisive.map(c.variable))) : "") + ((d.missing || []).length ? " " + w("whyMissing", join(d.missing.map(c.variable))) : "")));
    }
    return out.length ? el("div", { "class": "card", id: "why" }, el("h2", {}, w("whyTitle")), out) : null;
  }

  // pager leads to the neighbours among the cases of the filter in the address.
  function pager(n, a) {
    a = { query: Object.assign({}, a.query) };
    delete a.query.show;
    var ix = c.data.index, order = [], seen = {};
    c.filtered(a.query).forEach(function (i) { var k = ix.rows.case[i]; if (!seen[k]) { seen[k] = 1; order.push(k); } });
    var at = order.indexOf(n);
    function go(i, id, text) { return i < 0 || i >= order.length || at < 0 ? null : el("a", { id: id, href: c.link("case", ix.cases.id[order[i]], a.query) }, text); }
    return el("div", { "class": "pager" }, el("a", { href: c.link("cases", "", a.query) }, w("backToList")), go(at - 1, "previous", w("previousCase")), at < 0 ? null : el("span", {}, w("place", at + 1, order.length)), go(at + 1, "next", w("nextCase")));
  }
  document.addEventListener("keydown", function (ev) {
    if (ev.ctrlKey || ev.metaKey || ev.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(ev.target.tagName)) { return; }
    var a = ev.key === "j" ? document.getElementById("next") : ev.key === "k" ? document.getElementById("previous") : null;
    if (a) { a.click(); }
  });

  c.views.case = function (main, a) {
    var id = a.argument;
    try { id = decodeURIComponent(id); } catch (e) { /* shown as not found */ }
    var n = find(id);
    if (n < 0) { c.append(main, el("p", {}, w("notFound"))); return; }
    var ix = c.data.index, name = "cases-" + ("00000" + ix.cases.chunk[n]).slice(-5);
    c.append(main, el("p", {}, w("loading")));
    c.load(name, function (list) {
      if (c.address().page !== "case" || c.address().argument !== a.argument) { return; }
      var x = list.filter(function (y) { return y.id === ix.cases.id[n]; })[0];
      ["sections", "parties", "findings", "rulings", "citations", "facts", "decisions", "compare", "corrections"].forEach(function (k) { x[k] = x[k] || []; });
      main.textContent = "";
      var box = el("div", { "class": "judgment", id: "judgment" });
      function redraw() { box.textContent = ""; c.append(box, x.text ? textOf(x) : el("p", {}, w("noText", ix.texts))); }
      redraw();
      c.append(main, [pager(n, a), el("h1", {}, x.citation || x.header.number || x.id), el("p", { "class": "quiet" }, [x.header.date, x.header.cause, x.header.outcome && label("outcome:" + x.header.outcome), x.source.name, x.id].filter(Boolean).join(" · ")),
        why(x, a), el("p", { "class": "note" }, w("marksHelp")), legend(redraw), el("div", { "class": "case" }, el("div", {}, el("h2", {}, w("judgmentText")), box), el("div", {}, side(x, a)))]);
      if (a.query.show) { reveal(a.query.show); }
    }, function (file) { main.textContent = ""; c.append(main, el("p", {}, w("failed", file))); });
  };
})(caipan);
