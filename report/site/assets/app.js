// The frame: data files, words, addresses, elements. Everything that comes from a judgment is set as text
// (textContent, createTextNode) and never parsed as markup.
"use strict";
var caipan = (function () {
  var data = {}, waiting = {}, views = {};
  var state = { lang: "en", theme: "" };

  function stored(key) { try { return window.localStorage.getItem("caipan." + key) || ""; } catch (e) { return ""; } }
  function store(key, value) { try { window.localStorage.setItem("caipan." + key, value); } catch (e) { /* a browser may forbid it for files */ } }

  // give is called by the data files.
  function give(name, value) {
    data[name] = value;
    (waiting[name] || []).forEach(function (f) { f.done(value); });
    delete waiting[name];
    if (data.overview && data.index && !caipan.started) { caipan.started = true; start(); }
  }

  // load hands a data file's value over, loading its script if need be.
  function load(name, done, fail) {
    if (data[name] !== undefined) { done(data[name]); return; }
    if (waiting[name]) { waiting[name].push({ done: done, fail: fail }); return; }
    waiting[name] = [{ done: done, fail: fail }];
    var s = document.createElement("script");
    s.src = "data/" + name + ".js";
    s.onerror = function () { (waiting[name] || []).forEach(function (f) { if (f.fail) { f.fail(name); } }); delete waiting[name]; };
    document.body.appendChild(s);
  }

  function w(key) {
    var x = caipanWords[key], s = x ? x[state.lang === "zh" ? 1 : 0] : key;
    for (var i = 1; i < arguments.length; i++) { s = s.replace("{" + (i - 1) + "}", String(arguments[i])); }
    return s;
  }

  // label is the label of a value in the page's language.
  function label(value) {
    if (value === "" || value === undefined || value === null) { return "—"; }
    var x = data.overview.labels[value];
    return x ? x[state.lang] : value;
  }
  function variable(id) { return label("variable:" + id) === "variable:" + id ? id : label("variable:" + id); }
  function valueOf(id, value) { var k = "value:" + id + "=" + value, x = data.overview.labels[k]; return x ? x[state.lang] : label(value); }

  // el makes an element; attributes starting with "on" are listeners, children are texts or elements.
  function el(tag, attrs) {
    var e = document.createElement(tag);
    Object.keys(attrs || {}).forEach(function (k) {
      var v = attrs[k];
      if (v === null || v === undefined || v === false) { return; }
      if (k.slice(0, 2) === "on") { e.addEventListener(k.slice(2), v); } else { e.setAttribute(k, v === true ? "" : String(v)); }
    });
    for (var i = 2; i < arguments.length; i++) { append(e, arguments[i]); }
    return e;
  }
  function append(e, child) {
    if (child === null || child === undefined || child === false) { return; }
    if (Array.isArray(child)) { child.forEach(function (c) { append(e, c); }); return; }
    e.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }

  // The address: #/page/argument?key=value&…
  function address() {
    var raw = location.hash.replace(/^#\/?/, ""), cut = raw.indexOf("?");
    var path = (cut < 0 ? raw : raw.slice(0, cut)).split("/"), query = {};
    if (cut >= 0) {
      raw.slice(cut + 1).split("&").forEach(function (p) {
        var kv = p.split("=");
        if (kv[0]) { try { query[decodeURIComponent(kv[0])] = decodeURIComponent(kv.slice(1).join("=")); } catch (e) { /* a broken address is no filter */ } }
      });
    }
    return { page: path[0] || "overview", argument: path[1] || "", query: query };
  }
  function link(page, argument, query) {
    var q = Object.keys(query || {}).filter(function (k) { return query[k] !== "" && query[k] !== undefined && query[k] !== null; }).sort()
      .map(function (k) { return encodeURIComponent(k) + "=" + encodeURIComponent(query[k]); }).join("&");
    return "#/" + page + (argument ? "/" + encodeURIComponent(argument) : "") + (q ? "?" + q : "");
  }

  function frame(current) {
    var nav = document.getElementById("nav"), tools = document.getElementById("tools");
    nav.textContent = ""; tools.textContent = "";
    ["overview", "cases", "rules", "context", "candidates", "ledger", "codebook", "methods", "record"].forEach(function (p) {
      append(nav, el("a", { href: link(p), "aria-current": current === p || (current === "case" && p === "cases") ? "page" : null }, w(p)));
    });
    append(tools, el("button", { type: "button", id: "lang", lang: state.lang === "zh" ? "en" : "zh-CN", onclick: function () { state.lang = state.lang === "zh" ? "en" : "zh"; store("lang", state.lang); show(true); } }, w("language")));
    append(tools, el("button", { type: "button", id: "theme", onclick: function () {
      var dark = state.theme === "dark" || (state.theme === "" && window.matchMedia("(prefers-color-scheme: dark)").matches);
      state.theme = dark ? "light" : "dark"; store("theme", state.theme); document.documentElement.setAttribute("data-theme", state.theme);
    } }, w("theme")));
    document.getElementById("skip").textContent = w("skip");
    document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  }

  // show draws the page that the address names; keep leaves the focus and the place on the page as they are.
  function show(keep) {
    var a = address(), main = document.getElementById("main"), view = views[a.page] || views.overview;
    frame(a.page);
    var y = window.scrollY;
    main.textContent = "";
    view(main, a);
    if (keep === true) { window.scrollTo(0, y); return; }
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
  function say(text) { document.getElementById("live").textContent = text; }

  function start() {
    state.lang = stored("lang") || data.overview.lang || "en";
    state.theme = stored("theme");
    if (state.theme) { document.documentElement.setAttribute("data-theme", state.theme); }
    window.addEventListener("hashchange", function () { show(false); });
    document.getElementById("skip").addEventListener("click", function (ev) { ev.preventDefault(); document.getElementById("main").focus(); });
    show(true);
  }

  return { give: give, load: load, w: w, label: label, variable: variable, valueOf: valueOf, el: el, append: append, address: address, link: link, show: show, say: say, views: views, data: data, state: state, started: false };
})();
