package operator_test

import (
	"encoding/json"
	"testing"

	"caipan/features/operator"
)

// Over real judgments few companies run a platform; the list is there to be read (go test -run Real -v).
func TestRealJudgments(t *testing.T) {
	tables, err := operator.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst"} {
		cases, marked := 0, 0
		lines(t, shared+file, func(b []byte) {
			var d doc
			if err := json.Unmarshal(b, &d); err != nil {
				t.Fatal(err)
			}
			canonical, secs, parties, h := readCase(d)
			tables.Mark(canonical, secs, parties, h)
			cases++
			for _, p := range parties {
				if p.IsPlatformOperator {
					marked++
					t.Logf("%s %s %q %s %s", d.ID, p.Name, p.Brand, p.ServiceType, h.Cause)
				}
			}
		})
		t.Logf("%s: %d cases, %d operators", file, cases, marked)
		if cases > 0 && marked*10 > cases {
			t.Errorf("%s: %d operators in %d cases: the statements fire on ordinary companies", file, marked, cases)
		}
	}
}
