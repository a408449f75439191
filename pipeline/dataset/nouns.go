package dataset

import (
	"slices"

	"caipan/model/judgment"
)

// The functions of this file read rows back into nouns; row i of a batch of the table that the name says.

func spanAt(b *Batch, prefix string, i int) judgment.Span {
	return judgment.Span{Start: b.Int(prefix+"start", i, 0), End: b.Int(prefix+"end", i, 0)}
}

// CaseAt is a row of judgments: header, source and text; the other tables' rows are added by the caller.
func CaseAt(b *Batch, i int) *judgment.Case {
	return &judgment.Case{
		CaseID: b.Text("case_id", i), CaseKey: b.Text("case_key", i), Text: b.Text("text", i), Tokens: b.Int("tokens", i, -1),
		Source: judgment.Source{ID: b.Text("source_id", i), Path: b.Text("source_path", i), Record: int64(b.Int("source_record", i, 0))},
		Header: judgment.Header{
			Title: b.Text("title", i), Court: b.Text("court", i), CourtLevel: b.Text("court_level", i), Province: b.Text("province", i),
			CaseNumber: b.Text("case_number", i), JudgmentDate: b.Text("judgment_date", i), FilingDate: b.Text("filing_date", i),
			Cause: b.Text("cause", i), Instance: b.Text("instance", i), TrialProcedure: b.Text("trial_procedure", i),
			DocType: b.Text("doc_type", i), Category: b.Text("category", i), Outcome: b.Text("outcome", i),
			Default: b.Bool("default_judgment", i), NameMasked: b.Bool("name_masked", i),
			CitedNumbers: b.List("cited_numbers", i), Contradictions: b.Int("contradictions", i, 0),
		},
	}
}

// SectionAt is a row of sections.
func SectionAt(b *Batch, i int) judgment.Section {
	return judgment.Section{No: b.Int("section_no", i, 0), Kind: b.Text("kind", i), Instance: b.Text("instance", i),
		Holder: b.Text("holder", i), Speaker: b.Text("speaker", i), Quoted: b.Bool("quoted", i), Span: spanAt(b, "", i)}
}

// PartyAt is a row of parties.
func PartyAt(b *Batch, i int) judgment.Party {
	return judgment.Party{No: b.Int("party_no", i, 0), Name: b.Text("name", i), NameSpan: spanAt(b, "name_", i),
		ShortNames: b.List("short_names", i), Role: b.Text("role", i), RoleText: b.Text("role_text", i), Kind: b.Text("kind", i),
		Represented: b.Bool("represented", i), Appellant: b.Bool("appellant", i), Defaulted: b.Bool("defaulted", i),
		IsPlatformOperator: b.Bool("is_platform_operator", i), SubjectKind: b.Text("subject_kind", i),
		Brand: b.Text("brand", i), ServiceType: b.Text("service_type", i)}
}

// RulingAt is a row of rulings.
func RulingAt(b *Batch, i int) judgment.Ruling {
	var items []int
	for _, n := range b.IntList("items", i) {
		items = append(items, int(n))
	}
	return judgment.Ruling{PartyNo: b.Int("party_no", i, -1), PartyName: b.Text("party_name", i), Role: b.Text("role", i),
		HeadNo: b.Int("head_no", i, 0), HeadKind: b.Text("head_kind", i), Label: b.Text("label", i), Also: b.List("also", i), Via: b.Text("via", i),
		Amount: b.Float("amount", i), ClaimedAmount: b.Float("claimed_amount", i), Fraction: b.Float("fraction", i),
		ShareBasis: b.Text("share_basis", i), CapAmount: b.Float("cap_amount", i), CapFraction: b.Float("cap_fraction", i),
		Scope: b.Text("scope", i), Recourse: b.Text("recourse", i), Items: items, Nonmoney: b.List("nonmoney", i),
		Implicit: b.Bool("implicit", i), Rule: b.Text("rule", i), Why: b.Text("why", i), Span: spanAt(b, "", i), Quote: b.Text("quote", i)}
}

// FindingAt is a row of findings.
func FindingAt(b *Batch, i int) judgment.Finding {
	return judgment.Finding{ID: b.Text("finding_id", i), PartyNo: b.Int("party_no", i, -1), Variable: b.Text("variable", i),
		Value: b.Text("value", i), Status: b.Text("status", i), Level: b.Int("level", i, 0), Holder: b.Text("holder", i),
		Adoption: b.Text("adoption", i), SectionNo: b.Int("section_no", i, 0), Span: spanAt(b, "", i), Quote: b.Text("quote", i),
		CueID: b.Text("cue_id", i), NegationCue: b.Text("negation_cue", i), ScopeEndReason: b.Text("scope_end_reason", i)}
}

// CitationAt is a row of citations.
func CitationAt(b *Batch, i int) judgment.Citation {
	return judgment.Citation{Law: b.Text("law", i), Article: b.Int("article", i, 0), Paragraph: b.Int("paragraph", i, 0), Item: b.Int("item", i, 0),
		Role: b.Text("role", i), Holder: b.Text("holder", i), InForce: b.Text("in_force", i), Span: spanAt(b, "", i), Quote: b.Text("quote", i)}
}

// AppendTerms appends rows [from, to) of terms to list.
func AppendTerms(list []judgment.Term, b *Batch, from, to int) []judgment.Term {
	section, term, count := b.vector("section_no").Ints, b.vector("term").Texts, b.vector("count").Ints
	list = slices.Grow(list, to-from)
	for i := from; i < to; i++ {
		list = append(list, judgment.Term{SectionNo: intOr(section[i], 0), Term: term[i], Count: intOr(count[i], 0)})
	}
	return list
}

// FactAt is a row of facts.
func FactAt(b *Batch, i int) judgment.Fact { return AppendFacts(nil, b, i, i+1)[0] }

// AppendFacts appends rows [from, to) of facts to list.
func AppendFacts(list []judgment.Fact, b *Batch, from, to int) []judgment.Fact {
	text := func(name string) []string { return b.vector(name).Texts }
	id, policy, variable, value, status, reason := text("case_id"), text("evidence_policy"), text("variable"), text("value"), text("status"), text("reason")
	party, level, findings := b.vector("party_no").Ints, b.vector("level").Ints, b.vector("finding_ids").Lists
	list = slices.Grow(list, to-from)
	for i := from; i < to; i++ {
		list = append(list, judgment.Fact{CaseID: id[i], PartyNo: intOr(party[i], -1), EvidencePolicy: policy[i], Variable: variable[i], Value: value[i],
			Level: intOr(level[i], 0), Status: status[i], FindingIDs: findings[i], Reason: reason[i]})
	}
	return list
}

// DecisionAt is a row of predictions; its steps stand in trace.
func DecisionAt(b *Batch, i int) judgment.Decision {
	return judgment.Decision{CaseID: b.Text("case_id", i), PartyNo: b.Int("party_no", i, 0), PartyName: b.Text("party_name", i),
		Doctrine: b.Text("doctrine", i), Variant: b.Text("variant", i), EvidencePolicy: b.Text("evidence_policy", i),
		Outcome: b.Text("outcome", i), Liability: b.Text("liability", i), Scope: b.Text("scope", i), CapFraction: b.Float("cap_fraction", i),
		Order: b.Text("order", i), Recourse: b.Text("recourse", i), DutyIntensity: b.Text("duty_intensity", i),
		BreachDerived: b.Text("breach_derived", i), RuleID: b.Text("rule_id", i), Missing: b.List("missing", i), Decisive: b.List("decisive", i),
		ServiceType: b.Text("service_type", i), LawAssumed: b.Text("law_assumed", i), PackDigest: b.Text("pack_digest", i)}
}

// StepAt is a row of trace; the decision it belongs to is named by the row's key columns.
func StepAt(b *Batch, i int) judgment.Step {
	return judgment.Step{No: b.Int("step", i, 0), Parent: b.Int("parent", i, -1), Kind: b.Text("kind", i), RuleID: b.Text("rule_id", i),
		Norm: b.Text("norm", i), Condition: b.Text("condition", i), Truth: b.Text("truth", i), Result: b.Text("result", i), FindingIDs: b.List("finding_ids", i),
		Status: b.Text("status", i)}
}

// CorrectionAt is a row of corrections.
func CorrectionAt(b *Batch, i int) judgment.Correction {
	return judgment.Correction{ID: b.Text("correction_id", i), CaseID: b.Text("case_id", i), PartyNo: b.Int("party_no", i, -1), Kind: b.Text("kind", i),
		Field: b.Text("field", i), Value: b.Text("value", i), Was: b.Text("was", i), Level: b.Int("level", i, -1), Status: b.Text("status", i),
		Coder: b.Text("coder", i), Date: b.Text("date", i), Reason: b.Text("reason", i), Span: spanAt(b, "", i), Quote: b.Text("quote", i), Source: b.Text("source", i)}
}
