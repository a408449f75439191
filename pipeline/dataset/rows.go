package dataset

import (
	"caipan/model/judgment"
	"caipan/model/text"
)

// AppendCase appends the rows of one case to the batches of the ingest tables. The lengths of the batches before
// and after the call delimit the case's rows. A case without text gives a judgments row all the same.
func AppendCase(s *Set, c *judgment.Case) {
	at := spans{text.Chars(c.Text)}
	appendJudgment(s.Table("judgments"), c, at.chars.Len())
	for _, x := range c.Sections {
		at.put(s.Table("sections").Row().Text(c.CaseID).Int(int64(x.No)).Text(x.Kind, x.Instance, x.Holder, x.Speaker).Bool(x.Quoted), x.Span).End()
	}
	for _, p := range c.Parties {
		at.put(s.Table("parties").Row().Text(c.CaseID).Int(int64(p.No)).Text(p.Name), p.NameSpan).
			List(p.ShortNames).Text(p.Role, p.RoleText, p.Kind).
			Bool(p.Represented, p.Appellant, p.Defaulted, p.IsPlatformOperator).Text(p.SubjectKind, p.Brand, p.ServiceType).End()
	}
	for _, r := range c.Rulings {
		appendRuling(s.Table("rulings"), c.CaseID, r, at)
	}
	for _, f := range c.Findings {
		at.put(s.Table("findings").Row().Text(f.ID, c.CaseID).Int(number(f.PartyNo)).Text(f.Variable, f.Value, f.Status).
			Int(int64(f.Level)).Text(f.Holder, f.Adoption).Int(int64(f.SectionNo)), f.Span).
			Text(f.Quote, f.CueID, f.NegationCue, f.ScopeEndReason).End()
	}
	for _, x := range c.Citations {
		at.put(s.Table("citations").Row().Text(c.CaseID, x.Law).Int(positive(x.Article), positive(x.Paragraph), positive(x.Item)).
			Text(x.Role, x.Holder, x.InForce), x.Span).Text(x.Quote).End()
	}
	for _, t := range c.Terms {
		s.Table("terms").Row().Text(c.CaseID).Int(int64(t.SectionNo)).Text(t.Term).Int(int64(t.Count)).End()
	}
}

func appendJudgment(b *Batch, c *judgment.Case, chars int) {
	h := &c.Header
	b.Row().Text(c.CaseID, c.CaseKey, Citation(c.Header), c.Source.ID, c.Source.Path).Int(c.Source.Record).
		Text(h.Title, h.CaseNumber, h.Court, h.CourtLevel, h.Province, h.JudgmentDate, h.FilingDate, h.Cause,
			h.Instance, h.TrialProcedure, h.DocType, h.Category, h.Outcome).
		Bool(h.Default, h.NameMasked).List(h.CitedNumbers).Int(int64(h.Contradictions)).
		Text(c.Text).Int(int64(chars), number(c.Tokens)).Text(SchemaVersion).End()
}

// Citation (引注) is the line by which a judgment is cited: court, own number, branch of law and type of document.
// What is not known is left out.
func Citation(h judgment.Header) string {
	s := h.Court + h.CaseNumber
	if s == "" || h.DocType == "" || h.DocType == "other" {
		return s
	}
	if h.Category != "" && h.Category != "other" {
		s += Label("judgments", "category", h.Category, "zh")
	}
	return s + Label("judgments", "doc_type", h.DocType, "zh")
}

func appendRuling(b *Batch, id string, r judgment.Ruling, at spans) {
	items := make([]int32, len(r.Items))
	for i, n := range r.Items {
		items[i] = int32(n)
	}
	at.put(b.Row().Text(id).Int(number(r.PartyNo)).Text(r.PartyName, r.Role).Int(int64(r.HeadNo)).Text(r.HeadKind, r.Label).
		List(r.Also).Text(r.Via).Float(r.Amount).Float(r.ClaimedAmount).Float(r.Fraction).Text(r.ShareBasis).
		Float(r.CapAmount).Float(r.CapFraction).Text(r.Scope, r.Recourse).IntList(items).List(r.Nonmoney).Bool(r.Implicit).
		Text(r.Rule, r.Why), r.Span).Text(r.Quote).End()
}

// spans writes ranges of one text in bytes and characters.
type spans struct{ chars *text.CharIndex }

func (s spans) put(r *RowWriter, x judgment.Span) *RowWriter {
	if x.IsZero() {
		return r.Int(NullInt, NullInt, NullInt, NullInt)
	}
	return r.Int(int64(x.Start), int64(x.End), int64(s.chars.Char(x.Start)), int64(s.chars.Char(x.End)))
}

// number is an integer of which a negative value means "none".
func number(n int) int64 {
	if n < 0 {
		return NullInt
	}
	return int64(n)
}

// positive is an integer of which zero means "none".
func positive(n int) int64 {
	if n <= 0 {
		return NullInt
	}
	return int64(n)
}

// AppendFact appends a row of facts.
func AppendFact(b *Batch, f judgment.Fact) {
	b.Row().Text(f.CaseID).Int(number(f.PartyNo)).Text(f.EvidencePolicy, f.Variable, f.Value).Int(int64(f.Level)).
		Text(f.Status).List(f.FindingIDs).Text(f.Reason).End()
}

// AppendDecision appends a row of predictions and, if trace is not nil, the decision's steps.
func AppendDecision(predictions, trace *Batch, d *judgment.Decision) {
	predictions.Row().Text(d.CaseID).Int(int64(d.PartyNo)).Text(d.PartyName, d.Doctrine, d.Variant, d.EvidencePolicy, d.Outcome, d.Liability, d.Scope).
		Float(d.CapFraction).Text(d.Order, d.Recourse, d.DutyIntensity, d.BreachDerived, d.RuleID).
		List(d.Missing).List(d.Decisive).Text(d.ServiceType, d.LawAssumed, d.PackDigest).End()
	if trace == nil {
		return
	}
	appendSteps(trace, d)
}

// AppendCorrections appends the corrections of a case.
func AppendCorrections(b *Batch, c *judgment.Case) {
	if len(c.Corrections) == 0 {
		return
	}
	at := spans{text.Chars(c.Text)}
	for _, x := range c.Corrections {
		name := ""
		for _, p := range c.Parties {
			if p.No == x.PartyNo {
				name = p.Name
			}
		}
		at.put(b.Row().Text(x.ID, c.CaseID).Int(number(x.PartyNo)).Text(name, x.Kind, x.Field, x.Value, x.Was).Int(number(x.Level)).
			Text(x.Status, x.Coder, x.Date, x.Reason), x.Span).Text(x.Quote, x.Source).End()
	}
}

// AppendComparison appends a row of comparison.
func AppendComparison(b *Batch, c judgment.Comparison) {
	distance := int64(NullInt)
	if c.Distance != nil {
		distance = int64(*c.Distance)
	}
	b.Row().Text(c.CaseID).Int(int64(c.PartyNo), int64(c.HeadNo)).
		Text(c.Doctrine, c.Variant, c.EvidencePolicy, c.Stage, c.Predicted, c.Actual, c.PredictedScope, c.ActualScope).
		Float(c.Cap).Bool(c.Compared, c.Agree, c.Compatible).Int(distance).Text(c.Disagreement).List(c.Hand).Bool(c.Counted).End()
}
