// Package text makes the canonical text of a judgment and folded views of it.
//
// Canonical text is UTF-8 with one newline form and HTML entities resolved; nothing else is changed, so that a
// quote is the court's own characters. A View folds full-width and variant characters for matching and maps
// every offset back. The package knows no law and imports nothing of ours; every package may import it.
package text
