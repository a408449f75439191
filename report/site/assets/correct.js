// Corrections: each field of a case offers its row for a sheet of corrections. Rows are drafted here, copied or
// downloaded; nothing leaves the page, and no number of it changes until classify or report are given the sheet.
"use strict";
(function (c) {
  var el = c.el, w = c.w;
  var head = ["case", "case_id", "party", "variable", "value", "was", "level", "coder", "date", "reason", "quote", "settles"];
  var drafts = [], coder = "", box = null;

  function fields() { return c.data.overview.fields || []; }
  function fieldOf(name) { return fields().filter(function (f) { return f.name === name; })[0] || { name: name, type: "text", values: [] }; }
  function name(f) { return f[c.state.lang] ? f[c.state.lang] + " (" + f.name + ")" : f.name; }

  // cell writes a value so that no spreadsheet runs it as a formula and any reads it back.
  function cell(s) {
    s = String(s === undefined || s === null ? "" : s);
    if (/^[=+\-@＝＋－＠\t\r\n]/.test(s) && !/^[+-]?[0-9.]+$/.test(s)) { s = "'" + s; }
    return /[",\r\n]|^ /.test(s) ? "\"" + s.replace(/"/g, "\"\"") + "\"" : s;
  }
  function row(d) { return head.map(function (h) { return cell(d[h]); }).join(","); }
  function sheet(list) { return [head.join(",")].concat(list.map(row)).join("\r\n") + "\r\n"; }

  function copy(text) {
    function old() {
      var t = el("textarea", { "class": "unseen" }, text), back = document.activeElement;
      document.body.appendChild(t); t.select();
      try { document.execCommand("copy"); } catch (e) { /* the row can still be downloaded */ }
      t.remove(); if (back) { back.focus(); }
    }
    if (navigator.clipboard && navigator.clipboard.writeText) { navigator.clipboard.writeText(text).catch(old); } else { old(); }
    c.say(w("copied"));
  }
  function download() {
    var url = URL.createObjectURL(new Blob(["\uFEFF" + sheet(drafts)], { type: "text/csv;charset=utf-8" }));
    var a = el("a", { href: url, download: "corrections.csv" });
    document.body.appendChild(a); a.click(); a.remove();
    window.setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
    c.say(w("downloaded", drafts.length));
  }

  function control(d, key, text, input) {
    input.setAttribute("id", "draft-" + d.no + "-" + key);
    input.addEventListener("input", function () { d[key] = input.value; if (key === "coder") { coder = input.value; } });
    if (d[key] !== undefined && input.value !== d[key]) { input.value = d[key]; }
    return el("label", { "for": "draft-" + d.no + "-" + key }, text, input);
  }
  function choices(list, empty) {
    var s = el("select", {});
    if (empty) { c.append(s, el("option", { value: "" }, "—")); }
    list.forEach(function (o) { c.append(s, el("option", { value: o[0] }, o[1])); });
    return s;
  }
  function valueControl(d) {
    var f = fieldOf(d.variable), list = (f.values || []).map(function (v) { return [v.name, v[c.state.lang] && v[c.state.lang] !== v.name ? v.name + " " + v[c.state.lang] : v.name]; });
    if (f.type === "bool") { list = [["yes", w("yes")], ["no", w("no")]]; }
    if (!list.length || f.type === "list") { return control(d, "value", w("newValue"), el("input", { type: "text", list: list.length ? "values-" + d.no : null })); }
    if (f.name !== "ruling.label" && f.type !== "bool") { list.push(["unknown", w("notStated")]); }
    return control(d, "value", w("newValue"), choices(list, true));
  }

  function card(d) {
    var value = valueControl(d);
    var parties = choices(d.parties.map(function (p) { return [p, p]; }), false), names = choices(fields().map(function (f) { return [f.name, name(f)]; }), false);
    names.addEventListener("change", function () { d.variable = names.value; d.value = d.was = d.quote = ""; draw(); focus(d, "value"); });
    return el("fieldset", { "class": "draft" }, el("legend", {}, d.number + (d.was ? " · " + w("wasRead", d.was) : "")),
      control(d, "party", w("party"), parties), control(d, "variable", w("variable"), names), value, control(d, "quote", w("quote"), el("textarea", { rows: "2" })),
      control(d, "level", w("level"), choices([["0", "0 " + c.label("pleadings")], ["1", "1 " + c.label("undisputed")], ["2", "2 " + c.label("facts")], ["3", "3 " + c.label("reasoning")]], true)),
      control(d, "coder", w("coder"), el("input", { type: "text", autocomplete: "name" })), control(d, "reason", w("reason"), el("input", { type: "text" })),
      el("div", { "class": "wide" }, el("button", { type: "button", "class": "copy", onclick: function () { copy(row(d)); } }, w("copyRow")), " ",
        el("button", { type: "button", onclick: function () { drafts.splice(drafts.indexOf(d), 1); draw(); } }, w("remove"))));
  }
  function focus(d, key) { var e = document.getElementById("draft-" + d.no + "-" + key); if (e) { e.scrollIntoView({ block: "center" }); e.focus(); } }

  function draw() {
    if (!box) { return; }
    box.textContent = "";
    c.append(box, [el("h2", {}, w("drafts") + " (" + drafts.length + ")"), el("p", { "class": "note" }, w("draftsHelp")), drafts.map(card)]);
    if (drafts.length) {
      c.append(box, el("p", {}, el("button", { type: "button", id: "download-corrections", onclick: download }, w("downloadRows")), " ", el("button", { type: "button", onclick: function () { copy(sheet(drafts)); } }, w("copyRows"))));
    }
  }

  var counter = 0;
  function add(x, party, variable, was, quote) {
    var today = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    var d = { no: ++counter, number: x.header.number || x.key, parties: x.parties.map(function (p) { return p.name; }), "case": x.key, case_id: x.id, party: party, variable: variable, value: "", was: was === undefined || was === null ? "" : String(was),
      level: "", coder: coder, date: today.getFullYear() + "-" + two(today.getMonth() + 1) + "-" + two(today.getDate()), reason: "", quote: quote || "", settles: "" };
    drafts.push(d);
    draw();
    focus(d, "value");
    c.say(w("drafted"));
  }

  // correctButton drafts the row of one field.
  c.correctButton = function (x, party, variable, was, quote) {
    var f = fieldOf(variable);
    return el("button", { type: "button", "class": "correct", "data-field": variable, title: w("correct"), "aria-label": w("correct") + ": " + name(f) + ", " + party, onclick: function () { add(x, party, variable, was, quote); } }, "✎");
  };
  // corrections is the part of a case's page with the rows drafted in all cases of this visit.
  c.corrections = function (x) {
    box = el("section", { id: "drafts", "class": "card", "aria-label": w("drafts") });
    draw();
    var first = (fields()[0] || {}).name, operator = x.parties.filter(function (p) { return p.operator; })[0] || x.parties[0] || { name: "" };
    return [box, el("p", {}, el("button", { type: "button", id: "add-correction", onclick: function () { add(x, operator.name, first, "", ""); } }, w("addCorrection")))];
  };
})(caipan);
