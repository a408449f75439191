package report

import (
	"slices"
	"time"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// reforms (法律变更) are the days on which the E-Commerce Law and the Civil Code came into force.
var reforms = []string{"2019-01-01", "2021-01-01"}

// Sides of a reform by the law that was applied.
const (
	sideBefore = "before"
	sideAfter  = "after"
	sideMixed  = "mixed" // laws of both sides are the basis
)

// lawSide says on which side of a reform the law stands that a judgment applied: by the statutes that the court
// named as basis of the judgment (one that began on the day or later: after; one that ended the day before: before),
// else by the last day of the act, else by the day of the judgment where that lies before the reform. "" is unknown:
// the day of the judgment alone never puts a case after a reform.
func lawSide(v *vocabulary.Vocabulary, c *judgment.Case, actTo, reform string) string {
	before, after := false, false
	eve := dayBefore(reform)
	for _, x := range c.Citations {
		if x.Role != "basis" {
			continue
		}
		law, _ := v.LawAt(x.Law, c.Header.JudgmentDate)
		if law == nil || law.Kind != "law" {
			continue
		}
		after = after || law.From >= reform
		before = before || law.To != "" && law.To <= eve
	}
	switch {
	case before && after:
		return sideMixed
	case after:
		return sideAfter
	case before:
		return sideBefore
	case isDay(actTo):
		if actTo < reform {
			return sideBefore
		}
		return sideAfter
	case isDay(c.Header.JudgmentDate) && c.Header.JudgmentDate < reform:
		return sideBefore
	}
	return ""
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func dayBefore(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}

// addCase notes the norms that the court named as basis, the law applied at each reform, and the instance.
func (o *observations) addCase(e *Entry, party int) {
	actTo := e.fact(party, policyFull, "act_to")
	for _, day := range reforms {
		o.put("case.law_"+day[:4], lawSide(o.vocabulary, e.Case, actTo, day))
	}
	o.put("case.instance", e.Case.Header.Instance)
	var cited []string
	for _, x := range e.Case.Citations {
		if x.Role != "basis" {
			continue
		}
		if law, _ := o.vocabulary.LawAt(x.Law, e.Case.Header.JudgmentDate); law != nil {
			if n := o.vocabulary.Article(law.Code, x.Article); n != nil {
				cited = append(cited, n.ID)
			}
		}
	}
	for name, norms := range o.bases {
		o.put(name, yesNo(slices.ContainsFunc(norms, func(n string) bool { return slices.Contains(cited, n) })))
	}
}
