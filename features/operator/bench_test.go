package operator_test

import (
	"embed"
	"slices"
	"testing"

	"caipan/features/header"
	"caipan/features/operator"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/internal/realdata"
	"caipan/model/judgment"
	"caipan/model/text"
)

type prepared struct {
	text    string
	secs    []judgment.Section
	parties []judgment.Party
	header  judgment.Header
}

// realCases are 2,000 real judgments, read as far as Mark needs.
func realCases(b *testing.B) (out []prepared, size int64) {
	for _, d := range realdata.Lines[realdata.Record](b, "judgments/civil.jsonl.zst")[:2000] {
		c := text.Canonical(d.Text)
		h := header.Read(c, header.Meta{Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure})
		secs := section.Split(c, h)
		out = append(out, prepared{c, secs, party.Read(c, secs, h), h})
		size += int64(len(c))
	}
	return out, size
}

func BenchmarkMark(b *testing.B) {
	tables, err := operator.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	cases, size := realCases(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range cases {
			tables.Mark(c.text, c.secs, slices.Clone(c.parties), c.header)
		}
	}
}

func BenchmarkPossibleText(b *testing.B) {
	tables, err := operator.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	cases, size := realCases(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range cases {
			tables.PossibleText(c.text)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := operator.Load(embed.FS{}); err != nil {
			b.Fatal(err)
		}
	}
}
