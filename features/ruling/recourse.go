package ruling

import (
	"strings"

	"caipan/features/party"
)

// Recourse (追偿) as rows carry it.
const (
	recourseFull     = "full"
	recourseInternal = "internal" // beyond the debtor's own portion
	recourseNone     = "none"
)

// recourseIn is the recourse that words with a word of recourse give or refuse.
func (r *reader) recourseIn(words string) string {
	switch {
	case r.t.has(wRecourseDenied, words):
		return recourseNone
	case r.t.has(wRecourseBeyond, words):
		return recourseInternal
	}
	return recourseFull
}

// recourses reads the recourse that the reasonings give to debtors by name: 乙公司承担责任后有权向丙追偿. A later
// reasoning prevails; what parties say and norms without a party's name give nothing.
func (r *reader) recourses(reasonings []string) map[int]string {
	var out map[int]string
	for _, s := range reasonings {
		r.scanned = r.t.told.scan(s, r.scanned[:0])
		done := 0
		for _, p := range r.scanned {
			at := int(p.at)
			if at < done {
				continue
			}
			from, to := 0, len(s)
			if k := strings.LastIndexAny(s[:at], "。；;\n"); k >= 0 {
				from = k
			}
			if k := strings.IndexAny(s[at:], "。；;\n"); k >= 0 {
				to = at + k
			}
			done = to
			words := foldPart(s, from, to, to, nil)
			for _, no := range r.claimant(words) {
				set(&out, no, r.recourseIn(words))
			}
		}
	}
	return out
}

// claimant names the defendants and third parties who may claim back what they will have paid, by a sentence of the
// court: those who are the subject of the payment (乙公司承担责任后).
func (r *reader) claimant(s string) []int {
	h, ok := r.t.find(wRecourseTold, s, 0)
	if !ok || r.notTheCourt(s, h.at) {
		return nil
	}
	paid, ok := r.t.last(wRecoursePaid, s[:h.at])
	if !ok {
		return nil
	}
	var out []int
	nos, _ := r.named(s, r.res.Find(s), paid.at)
	for _, no := range nos {
		if role := r.parties[no].Role; role == party.Defendant || role == party.ThirdParty {
			out = append(out, no)
		}
	}
	return out
}
