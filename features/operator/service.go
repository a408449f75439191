package operator

import (
	"math"
	"strings"

	"caipan/model/judgment"
)

// service is one row of tables/service.yaml.
type service struct {
	Type   string   `yaml:"type"`
	Strong []string `yaml:"strong"`
	Weak   []string `yaml:"weak"`
	Causes []string `yaml:"causes"`

	strong, weak []int // their numbers in the counter
}

type serviceScore struct {
	typ  string
	word string // the commonest strong word, for the quote
}

// serviceOf chooses the service in which the harm happened: words at the place of harm, then the cause of action,
// then the brand's main business (doctrine.md 3.1). It is that of party i.
func (r *reading) serviceOf(i int, text string, secs []judgment.Section, h judgment.Header) serviceScore {
	if r.story == nil {
		r.story = r.tables.counts.tally()
		for i := range secs {
			if !skipped(secs[i].Kind) {
				r.story.add(secs[i].Span.Of(text))
			}
		}
	}
	about, own := r.tables.counts.tally(), r.tables.counts.tally()
	for _, sp := range r.about[i] {
		about.add(sp.Of(text))
	}
	for _, hit := range r.hits[i] {
		if hit.statement.Says == "operator" {
			own.add(hit.quote)
		}
	}
	none := r.tables.counts.tally()
	best, top := serviceScore{typ: "other"}, 2.0
	for k := range r.tables.services {
		s := &r.tables.services[k]
		score, word := s.score(r.story, own)
		near, _ := s.score(about, none)
		score += near
		for _, cause := range s.Causes {
			if h.Cause != "" && strings.Contains(h.Cause, cause) {
				score += 4
				break
			}
		}
		if c := r.companies[i]; c != nil && c.brand.ServiceType == s.Type {
			score += 5
		}
		if score > top {
			best, top = serviceScore{s.Type, word}, score
		}
	}
	return best
}

// score of a service: log-dampened counts, strong words thrice, and thrice again inside an operator's statement.
func (s *service) score(body, own *tally) (float64, string) {
	total, word, most := 0.0, "", 0
	for k, w := range s.strong {
		if n := body.count[w]; n > 0 {
			total += 1.5 * math.Log1p(float64(n))
			if n > most {
				most, word = n, s.Strong[k]
			}
		}
		if own.count[w] > 0 {
			total += 3
		}
	}
	for _, w := range s.weak {
		if n := body.count[w]; n > 0 {
			total += 0.5 * math.Log1p(float64(n))
		}
	}
	return total, word
}

// serviceFinding points at the first place of the deciding word outside the operative part.
func serviceFinding(party int, st serviceScore, text string, secs []judgment.Section) []judgment.Finding {
	if st.word == "" {
		return nil
	}
	for _, want := range []int{2, 0} {
		for i := range secs {
			sec := &secs[i]
			lv, holder := level(sec)
			if skipped(sec.Kind) || lv < want {
				continue
			}
			at := strings.Index(sec.Span.Of(text), st.word)
			if at < 0 {
				continue
			}
			span := judgment.Span{Start: sec.Span.Start + at, End: sec.Span.Start + at + len(st.word)}
			return []judgment.Finding{{PartyNo: party, Variable: "service_type", Value: st.typ, Status: "affirmed", Level: lv,
				Holder: holder, SectionNo: sec.No, Span: span, Quote: span.Of(text), CueID: "service." + st.typ}}
		}
	}
	return nil
}
