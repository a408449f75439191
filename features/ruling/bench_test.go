package ruling

import (
	"testing"

	"caipan/internal/realdata"
)

func BenchmarkRead(b *testing.B) {
	var all []prepared
	n := 0
	for i, d := range realdata.Lines[record](b, "judgments/civil.jsonl.zst") {
		if i%7 == 0 {
			p := d.prepare()
			all = append(all, p)
			n += len(p.c)
		}
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range all {
			p.read()
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(all)), "µs/judgment")
}
