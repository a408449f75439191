package finding

import (
	"encoding/json"
	"testing"

	"caipan/features/operator"
	"caipan/model/doctrine"
	"caipan/model/evidence"
	"caipan/model/inference"
	"caipan/model/judgment"
)

// TestPredictionsFromReadFacts runs the paper's doctrine over facts read from the constructed judgments and compares
// with the prediction a lawyer would expect. The operators are the coders'; the declared bit (procedure) is given.
func TestPredictionsFromReadFacts(t *testing.T) {
	pack, err := doctrine.Shipped("he2024")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := inference.New(pack, "", inference.Options{})
	if err != nil {
		t.Fatal(err)
	}
	docs := records(t, "gold/full_dev.jsonl")
	_, of := golds(t, "gold/full_dev_platform.jsonl")
	tables, err := operator.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	right, n := 0, 0
	lines(t, "gold/full_dev_expected.jsonl", func(b []byte) {
		var x struct {
			ID       string
			Expected []struct{ Platform, Predicted, Rule, Why string }
		}
		if err := json.Unmarshal(b, &x); err != nil {
			t.Fatal(err)
		}
		ops, rulings := map[string]bool{}, map[string]string{}
		for _, p := range of[x.ID] {
			ops[squeeze(p.Name)] = p.IsOperator
			rulings[squeeze(p.Name)], _ = p.all["ruling"].(string)
		}
		c := readCase(docs[x.ID], ops)
		kinds := append([]judgment.Party(nil), c.Parties...)
		tables.Mark(c.Text, c.Sections, kinds, c.Header)
		for _, want := range x.Expected {
			d := decide(c, kinds, engine, want.Platform, rulings[squeeze(want.Platform)])
			got := d.Liability
			if d.Outcome != "decided" {
				got = d.Outcome
			}
			n++
			if got == want.Predicted || got == "joint_limited" && want.Predicted == "joint" {
				right++
				continue
			}
			t.Logf("PRED %s: %s by %s, expected %s by %s, missing %v; %s", x.ID, got, d.RuleID, want.Predicted, want.Rule, d.Missing, want.Why)
		}
	})
	t.Logf("SUM predictions %d of %d", right, n)
	if right*10 < n*6 {
		t.Errorf("only %d of %d predictions as expected", right, n)
	}
}

func decide(c *judgment.Case, kinds []judgment.Party, e *inference.Engine, name, ruling string) judgment.Decision {
	f := inference.Facts{CaseID: c.CaseID, PartyName: name, EvidencePolicy: "reasoning"}
	for _, x := range evidence.Resolve(c) {
		if x.EvidencePolicy != "reasoning" || squeeze(c.Parties[x.PartyNo].Name) != squeeze(name) {
			continue
		}
		switch x.Variable {
		case "subject_kind":
			x.Value = kinds[x.PartyNo].SubjectKind
		case "service_type":
			x.Value = kinds[x.PartyNo].ServiceType
		case "procedure":
			if x.Value = "merits"; ruling == "not_claimed" || ruling == "out_of_scope" {
				x.Value = "none"
			}
		case "act_to":
			f.Dates.ActTo = day(x.Value)
		case "act_from":
			f.Dates.ActFrom = day(x.Value)
		}
		f.Facts = append(f.Facts, x)
	}
	f.Dates.Judgment = c.Header.JudgmentDate
	return e.Decide(f)
}

func day(value string) string {
	if len(value) == len("2006-01-02") {
		return value
	}
	return ""
}
