package agreement

import (
	"fmt"
	"math"
	"testing"
)

// TestAverageLinkage: distances between five bacteria of the textbook example of UPGMA (heights 17/2, 22/2, 28/2 and
// 33/2 as branch lengths; the distances at which groups join are twice that).
func TestAverageLinkage(t *testing.T) {
	d := [][]float64{{0, 17, 21, 31, 23}, {17, 0, 30, 34, 21}, {21, 30, 0, 28, 39}, {31, 34, 28, 0, 43}, {23, 21, 39, 43, 0}}
	merges, order := AverageLinkage(len(d), func(i, j int) float64 { return d[i][j] })
	want := []Merge{{0, 1, 17}, {5, 4, 22}, {2, 3, 28}, {6, 7, 33}}
	for i, m := range merges {
		if m.A != want[i].A || m.B != want[i].B || math.Abs(m.Height-want[i].Height) > 1e-12 {
			t.Errorf("merge %d: %v, want %v", i, m, want[i])
		}
	}
	if fmt.Sprint(order) != "[0 1 4 2 3]" {
		t.Errorf("order %v", order)
	}
	if m, o := AverageLinkage(0, nil); len(m)+len(o) > 0 {
		t.Errorf("of nothing: %v %v", m, o)
	}
}
