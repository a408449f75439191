// Package figure draws the report's figures with gonum/plot: vector PDF with embedded, searchable text, SVG, and
// PNG at 300 dots per inch, at the widths of a column (85 mm) and a page (170 mm), text of 7 to 9 points, colours of
// Okabe and Ito (2008) that stay apart in grey.
//
// It draws numbers that it is given and computes none. It refuses a label that its font has no glyph for, naming the
// character, and Chinese labels without a Chinese font. Equal input gives equal bytes. report imports it.
package figure
