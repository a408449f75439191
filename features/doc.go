// Package features reads a judgment: text in, judgment.Case out (header, sections, parties, findings, rulings,
// citations, terms). It puts the rooms beneath it in their order; what they know lies in their tables.
// It knows no doctrine, no files and no tables of results. Imported by pipeline.
package features
