package report

import (
	"cmp"
	"context"
	"slices"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
	"caipan/report/sample"
)

// Frame lists the units that a validation sample can be drawn from: exactly the platform parties that the report's
// numbers count (one row a dispute, its last instance), with what the machine read about the variables named (all where
// none is) under the richest evidence.
func Frame(ctx context.Context, src Source, variables ...string) (*sample.Frame, error) {
	ds := src.Doctrines()
	families, err := findFamilies(ctx, src)
	if err != nil {
		return nil, err
	}
	var units []sample.Unit
	err = src.Each(ctx, func(e *Entry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !families.replaced[e.Case.CaseID] {
			rows := Compare(e, ds[:1])
			for _, p := range operatorsOf(e) {
				units = append(units, unitOf(e, p, rows, &ds[0], variables))
			}
		}
		return nil
	})
	return sample.NewFrame(src.Background().RunID, units), err
}

// unitOf describes a party for the frame.
func unitOf(e *Entry, party int, rows []judgment.Comparison, d *Doctrine, variables []string) sample.Unit {
	h := &e.Case.Header
	u := sample.Unit{CaseID: e.Case.CaseID, CaseNumber: h.CaseNumber, Court: h.Court, CourtLevel: h.CourtLevel, Province: h.Province, DocType: h.DocType,
		Instance: h.Instance, Cause: h.Cause, Date: h.JudgmentDate, PartyNo: party, Machine: map[string]string{}}
	for i := range e.Case.Parties {
		if e.Case.Parties[i].No == party {
			u.Party = e.Case.Parties[i].Name
		}
	}
	r := uncorrected(e.Case, party)
	u.Machine[sample.RulingVariable] = rulingCode(r)
	u.Held = isLiable(actualSide(r, d))
	for i := range e.Facts {
		if f := &e.Facts[i]; f.PartyNo == party && f.EvidencePolicy == policyFull && (len(variables) == 0 || slices.Contains(variables, f.Variable)) {
			u.Machine[f.Variable] = cmp.Or(f.Value, vocabulary.Unknown)
		}
	}
	for _, x := range e.Case.Corrections { // the machine's own reading: a correction is no validation and may not flatter it
		if _, kept := u.Machine[x.Field]; kept && x.Kind == judgment.CorrectsFact && x.Status == judgment.CorrectionApplied && x.PartyNo == party && x.Level != 0 {
			u.Machine[x.Field] = cmp.Or(x.Was, vocabulary.Unknown)
		}
	}
	k := slices.IndexFunc(rows, func(c judgment.Comparison) bool {
		return c.PartyNo == party && c.EvidencePolicy == policyFull && c.Stage == StageLiable
	})
	if k >= 0 {
		u.Liable, u.Disagreement = rows[k].Predicted == liable, !rows[k].Agree
	}
	return u
}

// rulingCode is a ruling as a coder would code it.
func rulingCode(r *judgment.Ruling) string {
	switch {
	case r == nil || r.Label == "":
		return judgment.LabelUnknown
	case r.Label == judgment.LabelShare && r.ShareBasis == basisVictim:
		return sample.ShareVictim
	}
	return r.Label
}

// basisVictim is the reason of a share that is reduced for the claimant's own fault alone.
const basisVictim = "victim_only"

// classOf is the class of comparison of a coded ruling.
func (doc *Doctrine) classOf(code string) side {
	label, basis := code, "others"
	if code == sample.ShareVictim {
		label, basis = judgment.LabelShare, basisVictim
	}
	return sideOf(doc.Compare.OfRuling(label, basis, doc.Choice))(label)
}
