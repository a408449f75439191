package operator_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"caipan/features/header"
	"caipan/features/operator"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"
)

const shared = "../../../shared/"

type goldPlatform struct {
	Name        string `json:"name"`
	IsOperator  bool   `json:"is_operator"`
	SubjectKind string `json:"subject_kind"`
	ServiceType string `json:"service_type"`
}

type goldDoc struct {
	ID        string         `json:"id"`
	Platforms []goldPlatform `json:"platforms"`
}

func lines(t *testing.T, path string, each func([]byte)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the coded judgments are not here: %v", err)
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	if strings.HasSuffix(path, ".zst") {
		z, err := zstd.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r = bufio.NewReaderSize(z, 1<<20)
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		if len(s.Bytes()) > 0 {
			each(s.Bytes())
		}
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
}

type doc struct {
	ID, Title, Text, Court, Date, Cause, Procedure string
	CaseNumber                                     string `json:"case_number"`
}

func readCase(d doc) (string, []judgment.Section, []judgment.Party, judgment.Header) {
	canonical := text.Canonical(d.Text)
	h := header.Read(canonical, header.Meta{Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure})
	secs := section.Split(canonical, h)
	return canonical, secs, party.Read(canonical, secs, h), h
}

// The coded judgments: floors of the issue on findings, below what is reached, so that a loss is seen.
func TestGold(t *testing.T) {
	for _, set := range []struct {
		codes, texts          string
		operator, kind, serve float64
	}{
		{"gold/platform_dev.jsonl", "judgments/civil.jsonl.zst", 0.95, 0.92, 0.97},
		{"gold/full_dev_platform.jsonl", "gold/full_dev.jsonl", 0.97, 0.95, 0.90},
	} {
		t.Run(filepath.Base(set.codes), func(t *testing.T) {
			want := map[string]goldDoc{}
			lines(t, shared+set.codes, func(b []byte) {
				var g goldDoc
				if err := json.Unmarshal(b, &g); err != nil {
					t.Fatal(err)
				}
				want[g.ID] = g
			})
			tables, err := operator.Builtin()
			if err != nil {
				t.Fatal(err)
			}
			var n, op, kind, ops, serve, extra float64
			lines(t, shared+set.texts, func(b []byte) {
				var d doc
				if err := json.Unmarshal(b, &d); err != nil {
					t.Fatal(err)
				}
				g, ok := want[d.ID]
				if !ok {
					return
				}
				canonical, secs, parties, h := readCase(d)
				tables.Mark(canonical, secs, parties, h)
				for _, p := range parties {
					coded := false
					for _, w := range g.Platforms {
						coded = coded || w.Name == p.Name
					}
					if p.IsPlatformOperator && !coded {
						extra++
						t.Logf("%s: %s is taken for an operator and not coded", d.ID, p.Name)
					}
				}
				for _, w := range g.Platforms {
					n++
					var p *judgment.Party
					for i := range parties {
						if parties[i].Name == w.Name {
							p = &parties[i]
						}
					}
					if p == nil {
						t.Logf("%s: no party %s", d.ID, w.Name)
						continue
					}
					if p.IsPlatformOperator == w.IsOperator {
						op++
					} else {
						t.Logf("%s: %s operator %v, coded %v (%s)\n%s", d.ID, w.Name, p.IsPlatformOperator, w.IsOperator, p.SubjectKind, tables.Debug(canonical, secs, parties, h))
					}
					if p.SubjectKind == w.SubjectKind {
						kind++
					} else {
						t.Logf("%s: %s kind %s, coded %s\n%s", d.ID, w.Name, p.SubjectKind, w.SubjectKind, tables.Debug(canonical, secs, parties, h))
					}
					if w.IsOperator {
						ops++
						if p.ServiceType == w.ServiceType {
							serve++
						} else {
							t.Logf("%s: %s service %s, coded %s", d.ID, w.Name, p.ServiceType, w.ServiceType)
						}
					}
				}
			})
			t.Logf("operator %.3f, kind %.3f (%.0f), service %.3f (%.0f), operators not coded %.0f", op/n, kind/n, n, serve/ops, ops, extra)
			if op/n < set.operator || kind/n < set.kind || serve/ops < set.serve {
				t.Errorf("below the floor")
			}
		})
	}
}
