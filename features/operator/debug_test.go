package operator

import (
	"fmt"

	"caipan/model/judgment"
)

func (t *Tables) Debug(text string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) string {
	r := t.read(text, secs, parties, h)
	if r == nil {
		return "   not read"
	}
	s := fmt.Sprintf("   others %v dealer %v\n", r.others, r.dealer)
	for i := range parties {
		for _, h := range r.hits[i] {
			s += fmt.Sprintf("   %s %s L%d own=%v %d %s\n", parties[i].Name, h.statement.ID, h.level, h.own, h.points(), h.quote)
		}
	}
	return s
}
