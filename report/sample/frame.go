package sample

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Unit is a platform party of a case: what is coded. Machine and the marks are the program's reading, which no
// coder sees.
type Unit struct {
	CaseID, CaseNumber, Court     string
	CourtLevel, Province, DocType string
	Instance, Cause, Date         string // Date is YYYY-MM-DD or ""
	PartyNo                       int
	Party                         string
	Twin                          int // 2, 3, … for further parties of the same name in a case, else 0

	Row int // place among the units that were handed to NewFrame

	Machine      map[string]string // variable -> value read, under the richest evidence; RulingVariable: the ruling
	Held         bool              // the ruling as read holds the party liable, in the first doctrine's classes
	Liable       bool              // the first doctrine predicts liability
	Disagreement bool              // prediction and ruling differ, or one side is not comparable
}

// Key names the unit whatever the order of the tables: case and party.
func (u *Unit) Key() string {
	if u.Twin > 0 {
		return fmt.Sprintf("%s|%s|%d", u.CaseID, u.Party, u.Twin)
	}
	return u.CaseID + "|" + u.Party
}

// Attribute is the value of a stratification variable: one of HeaderAttributes or a variable read by the machine;
// "unknown" where nothing is known.
func (u *Unit) Attribute(name string) string {
	v := ""
	switch name {
	case "court":
		v = u.Court
	case "court_level":
		v = u.CourtLevel
	case "province":
		v = u.Province
	case "doc_type":
		v = u.DocType
	case "instance":
		v = u.Instance
	case "cause":
		v = u.Cause
	case "year":
		v = u.Date[:min(4, len(u.Date))]
	default:
		v = u.Machine[name]
	}
	return cmp.Or(v, "unknown")
}

// HeaderAttributes are the stratification variables that stand in the heading of a judgment.
var HeaderAttributes = []string{"court", "court_level", "province", "doc_type", "instance", "cause", "year"}

// Frame is every unit that could be drawn.
type Frame struct {
	Units []Unit
	RunID string // of the classify run that it was made from
}

// NewFrame sorts the units by key, so that the order of the tables decides nothing, and numbers parties of one name.
func NewFrame(runID string, units []Unit) *Frame {
	f := &Frame{Units: slices.Clone(units), RunID: runID}
	for i := range f.Units {
		f.Units[i].Row = i
	}
	slices.SortFunc(f.Units, func(a, b Unit) int {
		return cmp.Or(strings.Compare(a.CaseID, b.CaseID), strings.Compare(a.Party, b.Party), cmp.Compare(a.PartyNo, b.PartyNo))
	})
	for i := 1; i < len(f.Units); i++ {
		if a, b := &f.Units[i-1], &f.Units[i]; a.CaseID == b.CaseID && a.Party == b.Party {
			b.Twin = max(1, a.Twin) + 1
		}
	}
	return f
}

// Hash is the digest of the units' keys: two frames with one hash hold the same parties of the same judgments.
func (f *Frame) Hash() string {
	h := sha256.New()
	for i := range f.Units {
		fmt.Fprintf(h, "%s\n", f.Units[i].Key())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Cases is the number of judgments in the frame.
func (f *Frame) Cases() (n int) {
	for i := range f.Units {
		if i == 0 || f.Units[i].CaseID != f.Units[i-1].CaseID {
			n++
		}
	}
	return n
}

// has reports whether some unit knows the stratification variable.
func (f *Frame) has(name string) bool {
	return slices.Contains(HeaderAttributes, name) || slices.ContainsFunc(f.Units, func(u Unit) bool { _, ok := u.Machine[name]; return ok })
}
