package dataset

import (
	"slices"

	"caipan/model/judgment"
)

// appendSteps appends a decision's steps to a batch of trace, column by column: trace has a hundred times the rows of
// any other table of classify.
func appendSteps(b *Batch, d *judgment.Decision) {
	n := len(d.Steps)
	again := func(column, value string) {
		v := b.vector(column)
		v.Texts = slices.Grow(v.Texts, n)
		for range n {
			v.Texts = append(v.Texts, value)
		}
		b.size += int64(n * (len(value) + 4))
	}
	texts := func(column string, of func(*judgment.Step) string) {
		v := b.vector(column)
		v.Texts = slices.Grow(v.Texts, n)
		for i := range d.Steps {
			s := of(&d.Steps[i])
			v.Texts = append(v.Texts, s)
			b.size += int64(len(s)) + 4
		}
	}
	ints := func(column string, of func(*judgment.Step) int64) {
		v := b.vector(column)
		v.Ints = slices.Grow(v.Ints, n)
		for i := range d.Steps {
			v.Ints = append(v.Ints, of(&d.Steps[i]))
		}
		b.size += int64(4 * n)
	}
	again("case_id", d.CaseID)
	ints("party_no", func(*judgment.Step) int64 { return int64(d.PartyNo) })
	again("doctrine", d.Doctrine)
	again("variant", d.Variant)
	again("evidence_policy", d.EvidencePolicy)
	ints("step", func(s *judgment.Step) int64 { return int64(s.No) })
	ints("parent", func(s *judgment.Step) int64 { return number(s.Parent) })
	texts("kind", func(s *judgment.Step) string { return s.Kind })
	texts("rule_id", func(s *judgment.Step) string { return s.RuleID })
	texts("norm", func(s *judgment.Step) string { return s.Norm })
	texts("condition", func(s *judgment.Step) string { return s.Condition })
	texts("truth", func(s *judgment.Step) string { return s.Truth })
	texts("result", func(s *judgment.Step) string { return s.Result })
	texts("status", func(s *judgment.Step) string { return s.Status })
	v := b.vector("finding_ids")
	v.Lists = slices.Grow(v.Lists, n)
	for i := range d.Steps {
		list := d.Steps[i].FindingIDs
		if len(list) == 0 {
			list = nil
		}
		v.Lists = append(v.Lists, list)
		for _, s := range list {
			b.size += int64(len(s)) + 4
		}
	}
	b.N += n
}
