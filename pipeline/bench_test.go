package pipeline

import (
	"path/filepath"
	"testing"

	"caipan/model/evidence"
)

// BenchmarkClassify decides the operators of 10,000 short constructed cases with every shipped pack under one policy and
// under all four; parties/s is the figure to watch.
func BenchmarkClassify(b *testing.B) {
	in := b.TempDir()
	o := options(in, 2)
	o.Source = fakeSource{units: 10, perUnit: 1000, digest: "bench"}
	parties := ingest(b, o).Counts["written"]
	for name, policies := range map[string][]string{"reasoning": {"reasoning"}, "ladder": Policies} {
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				c := classifyOptions(b, in, 2)
				c.Out = filepath.Join(b.TempDir(), string(rune('a'+i%26)))
				c.Resolve, c.Policies, c.CSV, c.Force = evidence.Resolve, policies, nil, true
				classify(b, c)
			}
			b.ReportMetric(float64(parties)*float64(b.N)/b.Elapsed().Seconds(), "parties/s")
		})
	}
}

// BenchmarkIngest is the machinery alone: plan to tables with a reader that reads next to nothing.
func BenchmarkIngest(b *testing.B) {
	bytes := int64(0)
	src := fakeSource{units: 10, perUnit: 1000, digest: "bench"}
	for u := range src.units {
		src.Read(b.Context(), u, func(it Item) bool { bytes += int64(len(it.Doc.Text)); return true })
	}
	b.SetBytes(bytes)
	for range b.N {
		o := options(b.TempDir(), 2)
		o.Source, o.CSV = src, nil
		ingest(b, o)
	}
}
