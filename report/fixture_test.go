package report

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

// slice is a Source over entries held in memory.
type slice struct {
	entries    []Entry
	doctrines  []Doctrine
	background Background
}

func (s slice) Each(_ context.Context, do func(*Entry) error) error {
	for i := range s.entries {
		if err := do(&s.entries[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s slice) Outline(_ context.Context, do func(Outline) error) error {
	for _, e := range s.entries {
		if len(e.Decisions) == 0 {
			continue
		}
		if err := do(Outline{e.Case.CaseID, e.Group.Family, e.Case.Header.Instance, e.Case.Header.JudgmentDate}); err != nil {
			return err
		}
	}
	return nil
}
func (s slice) Doctrines() []Doctrine  { return s.doctrines }
func (s slice) Background() Background { return s.background }

var loadPaper = sync.OnceValues(func() (*doctrine.Pack, error) { return doctrine.LoadDir("../model/doctrine/packs/he2024") })

func paper(t testing.TB) Doctrine {
	t.Helper()
	p, err := loadPaper()
	if err != nil {
		t.Fatal(err)
	}
	choice, name, err := p.Assign("")
	if err != nil {
		t.Fatal(err)
	}
	d := Doctrine{ID: p.ID, Variant: name, Title: p.Title, Severity: p.Severity, Compare: p.Compare, Choice: choice, Statements: p.Statements}
	for _, row := range p.Main().Rows {
		d.Rules = append(d.Rules, Rule{ID: row.Rule, Source: row.Source, Reason: row.Reason, Threshold: row.Then.Liability == "" || row.Then.Liability == "none"})
	}
	return d
}

func number(f float64) *float64 { return &f }

// constructed describes one platform party of a constructed case.
type constructed struct {
	actual, basis        string
	outcome, predicted   string
	scope, service       string
	breach, found        string
	thirdSued            bool
	missing, also        []string
	capPredicted, capped *float64
	conflict             string // variable that is contradictory
}

const constructedText = "某某市某某区人民法院\n民事判决书\n（2022）某0101民初%d号\n原告赵某。\n被告甲平台公司。\n被告乙商行。\n原告诉称，甲平台公司明知商品有害而未下架。\n本院认为，甲平台公司接到通知后未及时采取必要措施，存在过错。\n判决如下：\n一、被告乙商行赔偿原告1000元；\n二、被告甲平台公司承担相应责任。\n<script>alert(1)</script>\n"

func entryOf(i int, p constructed) Entry {
	c := &judgment.Case{CaseID: fmt.Sprintf("c%016x", i+1), Text: fmt.Sprintf(constructedText, i+1), Tokens: -1,
		Header: judgment.Header{Court: "某某市某某区人民法院", CaseNumber: fmt.Sprintf("（2022）某0101民初%d号", i+1), JudgmentDate: fmt.Sprintf("%d-03-01", 2018+i%5), DocType: "judgment", Instance: "first"}}
	c.CaseKey = c.Header.Court + c.Header.CaseNumber
	c.Parties = []judgment.Party{{No: 0, Name: "赵某", Role: "plaintiff"}, {No: 1, Name: "甲平台公司", Role: "defendant", IsPlatformOperator: true, ServiceType: p.service}}
	if p.thirdSued {
		c.Parties = append(c.Parties, judgment.Party{No: 2, Name: "乙商行", Role: "defendant"})
	}
	at := func(words string) judgment.Span {
		k := strings.Index(c.Text, words)
		return judgment.Span{Start: k, End: k + len(words)}
	}
	if p.actual != "" {
		c.Rulings = []judgment.Ruling{{PartyNo: 1, PartyName: "甲平台公司", Role: "defendant", Label: p.actual, Also: p.also, Via: "own", ShareBasis: p.basis,
			Fraction: p.capped, Items: []int{2}, Span: at("被告甲平台公司承担相应责任"), Quote: "被告甲平台公司承担相应责任"}}
	}
	c.Sections = []judgment.Section{{No: 0, Kind: "claims", Holder: "plaintiff", Span: at("原告诉称，甲平台公司明知商品有害而未下架。")},
		{No: 1, Kind: "reasoning", Holder: "court", Span: at("本院认为，甲平台公司接到通知后未及时采取必要措施，存在过错。")}}
	c.Findings = []judgment.Finding{
		{ID: c.CaseID + "f1", PartyNo: 1, Variable: "platform_state", Value: "knew", Status: "affirmed", Level: 0, Holder: "plaintiff", Adoption: "rejected", Span: at("明知"), Quote: "明知"},
		{ID: c.CaseID + "f2", PartyNo: 1, Variable: "platform_state", Value: "negligence", Status: "affirmed", Level: 3, Holder: "this_court", SectionNo: 1, Span: at("存在过错"), Quote: "存在过错"}}
	c.Citations = []judgment.Citation{{Law: "中华人民共和国侵权责任法", Article: 36, Role: "basis", Holder: "this_court"}, {Law: "中华人民共和国民法典", Article: 1198, Role: "basis", Holder: "this_court"}, {Law: "中华人民共和国电子商务法", Article: 38, Role: "basis", Holder: "this_court"}}
	e := Entry{Case: c, Group: Group{Family: c.CaseID, Series: fmt.Sprintf("s%d", i/2), NearDup: c.CaseID, Weight: 1}}
	for _, policy := range Policies {
		d := judgment.Decision{CaseID: c.CaseID, PartyNo: 1, PartyName: "甲平台公司", Doctrine: "he2024", Variant: "paper_default", EvidencePolicy: policy,
			Outcome: p.outcome, Liability: p.predicted, Scope: p.scope, BreachDerived: p.breach, Missing: p.missing, RuleID: "R7", CapFraction: p.capPredicted,
			Decisive: []string{"platform_state"}, ServiceType: p.service,
			Steps: []judgment.Step{{No: 0, Parent: -1, Kind: "fact", Condition: "platform_state in [negligence]", Truth: "true", FindingIDs: []string{c.CaseID + "f2"}},
				{No: 1, Parent: -1, Kind: "result", RuleID: "R7", Result: p.outcome, Truth: "true"}}}
		if policy == "pleadings" && p.outcome == "decided" {
			d.Outcome, d.Liability, d.Missing = "undetermined", "", []string{"platform_state"}
		}
		e.Decisions = append(e.Decisions, d)
		e.Facts = append(e.Facts, judgment.Fact{CaseID: c.CaseID, PartyNo: 1, EvidencePolicy: policy, Variable: "platform_state", Value: "negligence", Level: 3, Status: "read"},
			judgment.Fact{CaseID: c.CaseID, PartyNo: 1, EvidencePolicy: policy, Variable: "M4", Value: []string{"performed", "late", "not_performed", "partly"}[i%4], Level: 2, Status: "read"},
			judgment.Fact{CaseID: c.CaseID, PartyNo: 1, EvidencePolicy: policy, Variable: "profit_mode", Value: []string{"direct", "indirect", "unknown"}[i%3], Level: 2, Status: "read"},
			judgment.Fact{CaseID: c.CaseID, PartyNo: 1, EvidencePolicy: policy, Variable: "breach_found", Value: p.found, Level: 3, Status: "read"})
	}
	for i := range e.Facts {
		if e.Facts[i].Variable == p.conflict {
			e.Facts[i].Value = "conflict"
		}
	}
	return e
}

// corpus gives the constructed parties n times over; liable parties are 4 of 10.
func corpus(t testing.TB, n int) slice {
	kinds := []constructed{
		{actual: "none", outcome: "decided", predicted: "none", service: "shopping", breach: "no", found: "no", thirdSued: true},
		{actual: "none", outcome: "decided", predicted: "none", service: "shopping", breach: "no", found: "no", thirdSued: true},
		{actual: "none", outcome: "decided", predicted: "supplementary", service: "ride", breach: "yes", found: "no", thirdSued: true},
		{actual: "supplementary", outcome: "decided", predicted: "supplementary", service: "ride", breach: "yes", found: "yes", thirdSued: true, capPredicted: number(0.5), capped: number(0.3)},
		{actual: "joint", outcome: "decided", predicted: "joint", scope: "full", service: "takeout", breach: "yes", found: "yes", thirdSued: true},
		{actual: "joint_limited", outcome: "decided", predicted: "joint", scope: "full", service: "social", breach: "yes", found: "yes", thirdSued: true},
		{actual: "share", outcome: "decided", predicted: "supplementary", service: "travel_lodging", breach: "yes", found: "yes", thirdSued: true},
		{actual: "own", outcome: "decided", predicted: "joint", service: "shopping", breach: "yes", found: "yes"},
		{actual: "none", outcome: "undetermined", service: "payment_lending", missing: []string{"notice"}},
		{actual: "", outcome: "decided", predicted: "none", service: "shopping", thirdSued: true},
	}
	s := slice{doctrines: []Doctrine{paper(t)}, background: Background{RunID: "constructed", Record: []Line{{"run", "constructed"}},
		Ledger: []LedgerLine{{Source: "a.zip!b.csv", Read: 12, Written: 10, Duplicates: 1, Rejected: 1}}, Rejects: []Reject{{"a.zip!b.csv", 3, "no_text", "the record has no text; nothing to read", "<b>"}}}}
	for i := range n * len(kinds) {
		s.entries = append(s.entries, entryOf(i, kinds[i%len(kinds)]))
	}
	return s
}
