// Package site writes the report as pages: one folder that opens from file:// without network, server or inline
// script, under a strict Content-Security-Policy. index.html is html/template; everything that comes from a judgment
// goes into data files (JSON handed over by a script file) and is put on the page as text by assets/app.js, which
// never builds markup from it.
//
// It shows what was decided and computes nothing: no statistics, no rules. File names come from numbers, never from
// a judgment. report may import it.
package site
