// Package report sets predictions beside rulings, in stages and never in one number, and lays the result out: the
// tables comparison, metrics and analysis, tables for papers (CSV, Markdown, LaTeX, Word), results.json with every
// number under a stable key, numbers.tex, figures (report/figure) and pages (report/site).
//
// It knows no rules and no statistics: how a label becomes a class is data of the pack (compare.yaml), intervals
// and coefficients come from report/agreement. It refuses to print a number without its n and its evidence policy,
// an agreement without the trivial guess beside it, and any agreement on the type of liability where fewer than
// MinLiable parties were liable. It opens no case tables itself: a Source hands it the cases one by one. Imported by
// pipeline and cmd.
package report
