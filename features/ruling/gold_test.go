package ruling

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"caipan/features/header"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"

	"caipan/internal/realdata"
)

// record is one real or constructed judgment beside the project.
type record struct{ realdata.Record }

type prepared struct {
	c    string
	h    judgment.Header
	secs []judgment.Section
	ps   []judgment.Party
}

func (d record) prepare() prepared {
	c := text.Canonical(d.Text)
	h := header.Read(c, header.Meta{Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure})
	secs := section.Split(c, h)
	return prepared{c, h, secs, party.Read(c, secs, h)}
}

func (p prepared) read() Result { return Read(p.c, p.secs, p.ps, p.h) }

type goldParty struct {
	Name, Role, Label, Quote, Via string
	Amount, Fraction              *float64
	Cap                           *struct{ Amount, Fraction *float64 }
	Implicit                      bool
}

type goldDoc struct {
	ID, Instance, Result, Note string
	Unclear                    bool
	Parties                    []goldParty
}

var coarse = map[string]string{"joint_plain": "joint", "joint_limited": "joint", "insurer": "own"}

func coarsen(s string) string {
	if c, ok := coarse[s]; ok {
		return c
	}
	return s
}

// tally counts agreements and the pairs that disagree.
type tally struct {
	good, all int
	pairs     [][2]string
}

func (c *tally) add(ok bool) {
	c.all++
	if ok {
		c.good++
	}
}

func (c *tally) pair(gold, got string) bool {
	c.pairs = append(c.pairs, [2]string{gold, got})
	c.add(gold == got)
	return gold == got
}

func (c *tally) rate() float64 { return float64(c.good) / math.Max(1, float64(c.all)) }

func (c *tally) macroF1() float64 {
	labels := map[string]bool{}
	for _, p := range c.pairs {
		labels[p[0]] = true
	}
	sum := 0.0
	for l := range labels {
		tp, fp, fn := 0, 0, 0
		for _, p := range c.pairs {
			switch {
			case p[0] == l && p[1] == l:
				tp++
			case p[1] == l:
				fp++
			case p[0] == l:
				fn++
			}
		}
		if tp > 0 {
			sum += 2 * float64(tp) / float64(2*tp+fp+fn)
		}
	}
	return sum / math.Max(1, float64(len(labels)))
}

// wilson is the 95 % interval of a rate.
func wilson(k, n int) (lo, hi float64) {
	if n == 0 {
		return 0, 1
	}
	z, p, m := 1.96, float64(k)/float64(n), float64(n)
	mid, half := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return (mid - half) / (1 + z*z/m), (mid + half) / (1 + z*z/m)
}

func same(a, b *float64, tol float64) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return math.Abs(*a-*b) <= tol*math.Max(1, math.Abs(*a))
}

func show(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.4g", *v)
}

func plainName(s string) string {
	return strings.NewReplacer("(", "（", ")", "）", "＊", "*").Replace(text.TrimSpaces(s))
}

// scores are the figures of gold/evaluate.py ruling.
type scores struct{ instance, result, label, coarse, amount, fraction, cap, quote tally }

func score(t *testing.T, file string, docs map[string]record) *scores {
	s := &scores{}
	for _, g := range realdata.Lines[goldDoc](t, file) {
		if g.Unclear {
			continue
		}
		p := docs[g.ID].prepare()
		res := p.read()
		if !s.instance.pair(g.Instance, p.h.Instance) {
			t.Logf("%s INSTANCE %s got %s", g.ID, g.Instance, p.h.Instance)
		}
		if !s.result.pair(g.Result, res.Outcome) {
			t.Logf("%s RESULT %s got %s; %s", g.ID, g.Result, res.Outcome, g.Note)
		}
		rows := map[string]judgment.Ruling{}
		for _, row := range res.Rulings {
			if row.HeadNo == 0 {
				rows[plainName(row.PartyName)] = row
			}
			if row.Span.Of(p.c) != row.Quote {
				t.Errorf("%s: quote %q is not at its span", g.ID, row.Quote)
			}
		}
		for _, q := range g.Parties {
			s.party(t, g, q, rows)
		}
	}
	return s
}

func (s *scores) party(t *testing.T, g goldDoc, q goldParty, rows map[string]judgment.Ruling) {
	row, ok := rows[plainName(q.Name)]
	got := row.Label
	if !ok {
		got = "(no row)"
	}
	s.coarse.pair(coarsen(q.Label), coarsen(got))
	if !s.label.pair(q.Label, got) {
		t.Logf("%s LABEL %s: %s got %s (%s) %q; %s", g.ID, q.Name, q.Label, got, row.Rule, q.Quote, g.Note)
	}
	if !ok || slices.Contains([]string{"none", "not_claimed", "out_of_scope", "nonmoney"}, q.Label) {
		return
	}
	if q.Amount != nil {
		s.amount.add(same(q.Amount, row.Amount, 0.005))
		if !same(q.Amount, row.Amount, 0.005) {
			t.Logf("%s AMOUNT %s: %s got %s (%s) items %v; %s", g.ID, q.Name, show(q.Amount), show(row.Amount), row.Rule, row.Items, g.Note)
		}
	}
	if q.Fraction != nil || row.Fraction != nil {
		s.fraction.add(same(q.Fraction, row.Fraction, 0.005))
		if !same(q.Fraction, row.Fraction, 0.005) {
			t.Logf("%s FRACTION %s: %s got %s; %s", g.ID, q.Name, show(q.Fraction), show(row.Fraction), g.Note)
		}
	}
	if q.Cap != nil {
		good := q.Cap.Amount != nil && same(q.Cap.Amount, row.CapAmount, 0.005) || q.Cap.Fraction != nil && same(q.Cap.Fraction, row.CapFraction, 0.005)
		s.cap.add(good)
		if !good {
			t.Logf("%s CAP %s: %s/%s got %s/%s", g.ID, q.Name, show(q.Cap.Amount), show(q.Cap.Fraction), show(row.CapAmount), show(row.CapFraction))
		}
	}
	if q.Quote != "" && row.Quote != "" {
		a, b := text.TrimSpaces(q.Quote), text.TrimSpaces(row.Quote)
		ok := strings.Contains(a, b) || strings.Contains(b, a) || commonPrefix(a, b) > 5
		s.quote.add(ok)
		if !ok {
			t.Logf("%s QUOTE %s: %q got %q", g.ID, q.Name, a, b)
		}
	}
}

func commonPrefix(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}

func allDocs(t testing.TB) map[string]record {
	docs := map[string]record{}
	for _, name := range []string{"judgments/civil.jsonl.zst", "gold/full_dev.jsonl"} {
		for _, d := range realdata.Lines[record](t, name) {
			docs[d.ID] = d
		}
	}
	return docs
}

// The figures of evaluate.py ruling over the coded judgments, with the floors below which a change must not fall.
func TestCodedJudgments(t *testing.T) {
	docs := allDocs(t)
	for _, f := range []struct {
		file  string
		floor map[string]float64
	}{
		{"gold/ruling_dev.jsonl", map[string]float64{"instance": 0.98, "result": 0.95, "label": 0.98, "label macro F1": 0.95, "coarse": 0.98, "amount": 0.97, "fraction": 0.95, "cap": 0.95, "quote": 0.85}},
		{"gold/full_dev_ruling.jsonl", map[string]float64{"instance": 0.98, "result": 0.97, "label": 0.97, "label macro F1": 0.95, "coarse": 0.97, "amount": 0.97, "fraction": 0.95, "cap": 0.95, "quote": 0.85}},
	} {
		s := score(t, f.file, docs)
		got := map[string]*tally{"instance": &s.instance, "result": &s.result, "label": &s.label, "coarse": &s.coarse, "amount": &s.amount, "fraction": &s.fraction, "cap": &s.cap, "quote": &s.quote}
		var names []string
		for n := range got {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			lo, hi := wilson(got[n].good, got[n].all)
			t.Logf("%s %-9s %.4f (%d of %d) [%.3f, %.3f]", f.file, n, got[n].rate(), got[n].good, got[n].all, lo, hi)
			if got[n].rate() < f.floor[n] {
				t.Errorf("%s: %s %.4f is below its floor %.2f", f.file, n, got[n].rate(), f.floor[n])
			}
		}
		f1 := s.label.macroF1()
		t.Logf("%s label macro F1 %.4f", f.file, f1)
		if f1 < f.floor["label macro F1"] {
			t.Errorf("%s: label macro F1 %.4f is below its floor", f.file, f1)
		}
	}
}
