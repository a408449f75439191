package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"caipan/model/judgment"
	"caipan/report/agreement"
	"caipan/report/sample"
)

// misread is a corpus whose truth is known: what the machine reads differs from it, and more often where the doctrine
// predicts liability.
type misread struct {
	slice
	truth map[string]map[string]string // case -> variable -> true code
}

const misreadParties = 1500

func misreadCorpus(t *testing.T) *misread {
	rng := rand.New(rand.NewPCG(20240601, 3))
	m := &misread{slice: corpus(t, 0), truth: map[string]map[string]string{}}
	pick := func(weights map[string]float64, order ...string) string {
		u := rng.Float64()
		for _, l := range order {
			if u -= weights[l]; u < 0 {
				return l
			}
		}
		return order[len(order)-1]
	}
	for i := range misreadParties {
		p := constructed{outcome: "decided", breach: "yes", thirdSued: true, service: []string{"shopping", "ride", "takeout"}[rng.IntN(3)]}
		p.predicted = pick(map[string]float64{"none": 0.55, "supplementary": 0.25, "joint": 0.2}, "none", "supplementary", "joint")
		truth := p.predicted
		if rng.Float64() < 0.25 {
			truth = pick(map[string]float64{"none": 0.4, "supplementary": 0.2, "joint": 0.25, "own": 0.15}, "none", "supplementary", "joint", "own")
		}
		wrong := 0.06
		if p.predicted != "none" {
			wrong = 0.22
		}
		p.actual = truth
		if rng.Float64() < wrong {
			p.actual = map[string]string{"none": "own", "supplementary": "none", "joint": "none", "own": "joint"}[truth]
		}
		breach := map[bool]string{true: "no", false: "yes"}[truth == "none"]
		p.found = breach
		if rng.Float64() < 0.1 {
			p.found = "unknown"
		}
		e := entryOf(i, p)
		e.Case.Header.CourtLevel = []string{"basic", "intermediate"}[rng.IntN(2)]
		e.Group.Series = fmt.Sprintf("s%d", i/3)
		m.entries = append(m.entries, e)
		m.truth[e.Case.CaseID] = map[string]string{rulingVariable: truth, "breach_found": breach, "platform_state": "negligence"}
	}
	return m
}

var roundDesign = sample.Design{N: 300, Unit: "party", Allocation: sample.Proportional, Oversample: []string{sample.OverLiable, sample.OverDisagreement}, Factor: 2, Seed: 11,
	Coders: []string{"a", "b"}, Variables: []string{rulingVariable, "breach_found", "platform_state"}}

// toFolder writes files as the commands do.
func toFolder(t *testing.T, dir string) sample.Writer {
	return func(path string, do func(io.Writer) error) error {
		var b bytes.Buffer
		if err := do(&b); err != nil {
			return err
		}
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return os.WriteFile(name, b.Bytes(), 0o644)
	}
}

// code fills a coder's workbook: the truth, but wrong in about one of ten cells.
func (m *misread) code(t *testing.T, s *sample.Sample, path string, seed uint64) (wrong int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	number := map[string]string{} // unit -> case
	for _, i := range s.Drawn() {
		number[s.Chances[i].Number] = s.Frame.Units[i].CaseID
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("codes")
	if err != nil {
		t.Fatal(err)
	}
	for n, row := range rows[1:] {
		for k, v := range s.Variables {
			value := m.truth[number[row[1]]][v]
			if rng.Float64() < 0.1 {
				value = map[string]string{rulingVariable: []string{"share", "own", "none", "joint"}[rng.IntN(4)], "breach_found": "not_decided", "platform_state": "knew"}[v]
			}
			if value != m.truth[number[row[1]]][v] {
				wrong++
			}
			cell, _ := excelize.CoordinatesToCellName(8+k, n+2)
			if err := book.SetCellStr("codes", cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	return wrong
}

// adjudicate fills the column adjudicated of the list with the truth wherever the coders differ.
func (m *misread) adjudicate(t *testing.T, s *sample.Sample, path string) {
	t.Helper()
	number := map[string]string{}
	for _, i := range s.Drawn() {
		number[s.Chances[i].Number] = s.Frame.Units[i].CaseID
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("codes")
	if err != nil {
		t.Fatal(err)
	}
	state, column := slices.Index(rows[0], "state"), slices.Index(rows[0], "adjudicated")
	for n, row := range rows[1:] {
		if row[state] == "disagreed" {
			cell, _ := excelize.CoordinatesToCellName(column+1, n+2)
			if err := book.SetCellStr("codes", cell, m.truth[number[row[0]]][row[3]]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
}

// validate runs the way from the frame to the adjudicated list.
func (m *misread) validate(t *testing.T, d sample.Design) *Validation {
	t.Helper()
	dir := t.TempDir()
	write := toFolder(t, dir)
	frame, err := Frame(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	s, err := frame.Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range []func() error{func() error { return s.WriteSheets(write, "en") }, func() error { return s.Write(write) }} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	var sheets []string
	wrong := 0
	for k, c := range d.Coders {
		sheets = append(sheets, filepath.Join(dir, "coders", c, c+".xlsx"))
		wrong += m.code(t, s, sheets[k], uint64(k+1))
	}
	if s, err = sample.Read(dir); err != nil {
		t.Fatal(err)
	}
	filled, err := s.ReadFilled(sheets)
	if err != nil {
		t.Fatal(err)
	}
	list := s.Codings(filled)
	differ := 0
	for i := range list {
		if list[i].State == "disagreed" {
			differ++
		}
	}
	if differ < wrong*8/10 || differ > wrong {
		t.Errorf("%d disagreements of %d errors put in", differ, wrong)
	}
	reliability, err := s.Reliabilities(filled)
	if err != nil || len(reliability) != 3 || reliability[0].Percent.Value > 0.95 || reliability[0].Percent.Value < 0.7 || reliability[0].Alpha.NoInterval {
		t.Errorf("reliability %+v (%v)", reliability, err)
	}
	if err := s.WriteAdjudication(write, list, "en"); err != nil {
		t.Fatal(err)
	}
	m.adjudicate(t, s, filepath.Join(dir, sample.AdjudicationBook))
	codings, err := s.ReadAdjudication(filepath.Join(dir, sample.AdjudicationBook))
	if err != nil {
		t.Fatal(err)
	}
	return &Validation{Sample: s, Codings: codings}
}

func holds(e agreement.Estimate, truth float64) bool {
	return !e.Undefined && !e.NoInterval && e.Lo <= truth && truth <= e.Hi
}

// The whole way: sample, sheets filled by a script with known errors, check, adjudicate, validate; the corrected
// numbers hold the truth in their intervals where the numbers as read do not.
func TestRoundTripFromSampleToCorrectedNumbers(t *testing.T) {
	m := misreadCorpus(t)
	v := m.validate(t, roundDesign)
	sum, err := Run(context.Background(), Options{Out: t.TempDir(), Plain: true, Validation: v}, m)
	if err != nil {
		t.Fatal(err)
	}
	result := func(key string) Result {
		x, ok := sum.Results.Get(key)
		if !ok {
			t.Fatalf("no result %s", key)
		}
		return x
	}
	n := float64(misreadParties)
	count := map[string]float64{}
	var readJoint, joint, bothJoint, agree, compared float64
	for i := range m.entries {
		e := &m.entries[i]
		truth, read := m.truth[e.Case.CaseID][rulingVariable], e.Case.Rulings[0].Label
		count[truth]++
		readJoint, joint, bothJoint = readJoint+float64(bitOf(read == "joint")), joint+float64(bitOf(truth == "joint")), bothJoint+float64(bitOf(read == "joint" && truth == "joint"))
		if truth != "own" {
			predicted := e.Decisions[len(e.Decisions)-1].Liability
			compared, agree = compared+1, agree+float64(bitOf((predicted == "none") == (truth == "none")))
		}
	}
	liableTruth := (count["supplementary"] + count["joint"]) / n
	for key, truth := range map[string]float64{
		"corrected.liable_share":                                    liableTruth,
		"corrected.share.ruling.none":                               count["none"] / n,
		"corrected.share.ruling.supplementary":                      count["supplementary"] / n,
		"corrected.share.ruling.joint":                              count["joint"] / n,
		"corrected.share.ruling.own":                                count["own"] / n,
		"corrected.share.breach_found.no":                           count["none"] / n,
		"validation.precision.ruling.joint":                         bothJoint / readJoint,
		"validation.recall.ruling.joint":                            bothJoint / joint,
		"corrected.he2024.paper_default.reasoning.liable.agreement": agree / compared,
	} {
		x := result(key)
		t.Logf("%s: truth %.3f, estimate %v", key, truth, x.Estimate)
		if !holds(x.Estimate, truth) {
			t.Errorf("%s: %v does not hold the truth %.4f", key, x.Estimate, truth)
		}
		if x.Estimate.Hi-x.Estimate.Lo > 0.25 {
			t.Errorf("%s: interval of %v says nothing", key, x.Estimate)
		}
	}
	for key, truth := range map[string]float64{"naive.liable_share": liableTruth, "naive.share.breach_found.no": count["none"] / n,
		"naive.he2024.paper_default.reasoning.liable.agreement": agree / compared} {
		if x := result(key); holds(x.Estimate, truth) {
			t.Errorf("%s: %v holds the truth %.3f: the reading was not wrong enough to prove anything", key, x.Estimate, truth)
		}
	}
	m.checkMarks(t, sum)
}

// checkMarks: the ruling and two facts are coded, service types and poorer evidence are not.
func (m *misread) checkMarks(t *testing.T, sum Summary) {
	for key, want := range map[string]bool{
		"corpus.liable_share": false, "corpus.ruling.joint": false, "corpus.known.breach_found": false, "corpus.liable_share.breach_found.yes": false,
		"he2024.paper_default.reasoning.liable.agreement": false, "corrected.liable_share": false, "corpus.liable_share.year.2019": false,
		"corpus.liable_share.service_type.ride": true, "corpus.known.profit_mode": true, "he2024.paper_default.facts.liable.agreement": true, "corpus.parties": true,
	} {
		if x, ok := sum.Results.Get(key); !ok || x.Marked != want {
			t.Errorf("%s: found %v, marked %v, want %v", key, ok, x.Marked, want)
		}
	}
	if h := sum.Headline.Text(); !strings.Contains(h, "Corrected by 300 hand-coded parties") || strings.Contains(h, "None of these numbers") {
		t.Errorf("headline: %s", h)
	}
}

func TestSimpleSampleGivesPredictionPoweredShares(t *testing.T) {
	m := misreadCorpus(t)
	d := roundDesign
	d.Oversample = []string{}
	sum, err := Run(context.Background(), Options{Out: t.TempDir(), Plain: true, Validation: m.validate(t, d)}, m)
	if err != nil {
		t.Fatal(err)
	}
	truth := 0.0
	for _, x := range m.truth {
		truth += float64(bitOf(x[rulingVariable] == "joint")) / misreadParties
	}
	if x, ok := sum.Results.Get("corrected_ppi.share.ruling.joint"); !ok || !holds(x.Estimate, truth) {
		t.Errorf("PPI++ %v, truth %.3f", x.Estimate, truth)
	}
}

func TestWhatCannotValidate(t *testing.T) {
	m := misreadCorpus(t)
	v := m.validate(t, roundDesign)
	development := *v.Sample
	development.Development = true
	fewer := *m
	fewer.entries = m.entries[1:]
	half := *v
	half.Codings = slices.DeleteFunc(slices.Clone(v.Codings), func(c sample.Coding) bool { return c.Variable == rulingVariable })
	for _, c := range []struct {
		name, words string
		v           *Validation
		source      Source
	}{
		{"development", "drawn for development", &Validation{Sample: &development, Codings: v.Codings}, m},
		{"another frame", "1 are gone", v, &fewer},
	} {
		_, err := Run(context.Background(), Options{Out: t.TempDir(), Plain: true, Validation: c.v}, c.source)
		if err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.words)
		}
	}
	sum, err := Run(context.Background(), Options{Out: t.TempDir(), Plain: true, Validation: &half}, m)
	if err != nil {
		t.Fatal(err)
	}
	if x, _ := sum.Results.Get("corpus.liable_share"); !x.Marked {
		t.Error("the ruling was not coded, yet the share of liable parties is not marked")
	}
	if x, _ := sum.Results.Get("corrected.liable_share"); !x.Estimate.Undefined {
		t.Errorf("nothing was coded, yet the share is corrected to %v", x.Estimate)
	}
}

// A correction by hand changes the numbers and neither what the sample measures nor what it corrects them to.
func TestCorrectionsAreNoPartOfTheValidation(t *testing.T) {
	m := misreadCorpus(t)
	v := m.validate(t, roundDesign)
	run := func() *Results {
		sum, err := Run(context.Background(), Options{Out: t.TempDir(), Plain: true, Validation: v}, m)
		if err != nil {
			t.Fatal(err)
		}
		return sum.Results
	}
	before := run()
	for _, i := range v.Sample.Drawn() { // the worst case: all drawn units are corrected, no other
		for k := range m.entries {
			if c := m.entries[k].Case; c.CaseID == v.Sample.Frame.Units[i].CaseID {
				truth := m.truth[c.CaseID][rulingVariable]
				c.Corrections = []judgment.Correction{{PartyNo: 1, Kind: judgment.CorrectsRuling, Field: "label", Value: truth, Was: c.Rulings[0].Label, Status: judgment.CorrectionApplied}}
				c.Rulings[0].Label, c.Rulings[0].Hand = truth, []string{"label"}
			}
		}
	}
	after := run()
	for _, key := range []string{"validation.precision.ruling.joint", "validation.recall.ruling.none", "corrected.liable_share", "naive.liable_share"} {
		a, _ := before.Get(key)
		b, ok := after.Get(key)
		if !ok || a.Estimate.Value != b.Estimate.Value || a.Estimate.Lo != b.Estimate.Lo {
			t.Errorf("%s: %v, with corrections %v", key, a.Estimate, b.Estimate)
		}
	}
	a, _ := before.Get("corpus.liable_share")
	b, _ := after.Get("corpus.liable_share")
	if a.Estimate.Value == b.Estimate.Value {
		t.Error("the corrections do not reach the report's own numbers")
	}
}

// The corrected share holds the truth under every way of drawing, and is there at all.
func TestEveryDesignCorrects(t *testing.T) {
	m := misreadCorpus(t)
	truth := 0.0
	for i := range m.entries {
		c := m.entries[i].Case
		c.Header.Court = fmt.Sprintf("某市第%d人民法院", i%60)
		c.Header.CourtLevel = []string{"basic", "intermediate"}[i%60%2]
		truth += float64(bitOf(slices.Contains([]string{"joint", "supplementary"}, m.truth[c.CaseID][rulingVariable]))) / misreadParties
	}
	for name, change := range map[string]func(*sample.Design){
		"strata, Neyman": func(d *sample.Design) { d.Strata, d.Allocation = []string{"court_level"}, sample.Neyman },
		"whole courts":   func(d *sample.Design) { d.Cluster, d.Strata = "court", []string{"court_level"} },
		"courts, ten each": func(d *sample.Design) {
			d.Cluster, d.PerCluster = "court", 10
		},
		"cases": func(d *sample.Design) { d.Unit = "case" },
	} {
		d := roundDesign
		d.Oversample = []string{}
		change(&d)
		sum, err := Run(context.Background(), Options{Out: t.TempDir(), Plain: true, Validation: m.validate(t, d)}, m)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		x, _ := sum.Results.Get("corrected.liable_share")
		if !holds(x.Estimate, truth) || x.Estimate.Hi-x.Estimate.Lo > 0.2 {
			t.Errorf("%s: %v, truth %.3f", name, x.Estimate, truth)
		}
		if p, ok := sum.Results.Get("validation.precision.ruling.none"); !ok || p.Estimate.Undefined || p.Estimate.Lo == p.Estimate.Hi {
			t.Errorf("%s: precision %v", name, p.Estimate)
		}
	}
}
