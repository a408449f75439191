package citation

import (
	"testing"

	"caipan/features/header"
	"caipan/features/section"
	"caipan/model/text"

	"caipan/internal/realdata"
)

// BenchmarkHeaderSectionsCitations times what every selected judgment goes through before findings are sought.
func BenchmarkHeaderSectionsCitations(b *testing.B) {
	recs := realdata.Lines[record](b, "judgments/civil.jsonl.zst")[:300]
	n := 0
	for i := range recs {
		recs[i].Text = text.Canonical(recs[i].Text)
		n += len(recs[i].Text)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for _, r := range recs {
			h := header.Read(r.Text, header.Meta{Title: r.Title})
			Read(r.Text, section.Split(r.Text, h), h)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(recs)), "µs/judgment")
}
