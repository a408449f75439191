package dataset

import (
	"strings"
	"testing"
)

func TestNamesAreSafeShortAndFree(t *testing.T) {
	n := NewNames(Named("analysis"))
	for _, c := range []struct{ base, suffix, want string }{
		{"own_标的（万元）", "", "own_标的_万元"},
		{"own_标的 万元", "", "own_标的_万元_2"},
		{"court", "", "court_2"},
		{"Court", "", "Court_3"},
		{"fact_infringement_established", "_status", "fact_infringement_estab_status"},
		{"fact_infringement_established2", "_status", "fact_infringement_est_2_status"},
		{"own_" + strings.Repeat("很", 40), "", "own_" + strings.Repeat("很", 26)},
		{"pred_a-b:c=d", "_facts", "pred_a_b_c_d_facts"},
	} {
		if got := n.Make(c.base, c.suffix); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.base, c.suffix, got, c.want)
		}
	}
}

func TestExtendLeavesTheTableAlone(t *testing.T) {
	table := Named("analysis")
	n := len(table.Columns)
	wide := Extend(table, cols(may(Text, "own_x", "x", "x")))
	if len(table.Columns) != n || len(wide.Columns) != n+1 || wide.Column("own_x") != n || table.Column("own_x") != -1 {
		t.Errorf("%d and %d columns", len(table.Columns), len(wide.Columns))
	}
	if all := Put(Tables, wide); Named("analysis") != table || all[len(all)-1] != wide && !contains(all, wide) {
		t.Error("Put changed the tables, or left the copy out")
	}
}

func contains(all []*Table, t *Table) bool {
	for _, x := range all {
		if x == t {
			return true
		}
	}
	return false
}
