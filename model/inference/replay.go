package inference

import (
	"fmt"
	"strconv"
	"strings"

	"caipan/model/judgment"
)

// Replay makes the decision again from its steps alone: it recomputes the truth of every condition, row and derived
// variable that is shown, applies defeats and the in-dubio rule, and returns outcome, liability, scope, order, recourse,
// cap and rule. It fails where a step contradicts what stands beneath it, naming the step.
func Replay(steps []judgment.Step) (judgment.Decision, error) {
	p := player{steps: steps, kids: make([][]int, len(steps)), derived: map[string]string{}}
	for i, s := range steps {
		if s.No != i || s.Parent >= i {
			return judgment.Decision{}, fmt.Errorf("step %d stands at place %d under %d; steps must be numbered from 0 with parents before children", s.No, i, s.Parent)
		}
		if s.Parent >= 0 {
			p.kids[s.Parent] = append(p.kids[s.Parent], i)
		}
	}
	for i, s := range steps {
		if s.Kind == "derived" && s.Parent < 0 {
			if err := p.table(i); err != nil {
				return judgment.Decision{}, err
			}
		}
	}
	return p.decide()
}

type player struct {
	steps   []judgment.Step
	kids    [][]int
	derived map[string]string
}

func (p *player) fault(i int, format string, a ...any) error {
	return fmt.Errorf("step %d (%s %s): %s", i, p.steps[i].Kind, p.steps[i].RuleID, fmt.Sprintf(format, a...))
}

// condition recomputes one condition step.
func (p *player) condition(i int) (string, error) {
	s := p.steps[i]
	variable, rest, ok := strings.Cut(s.Condition, " ")
	open, list, ok2 := strings.Cut(strings.TrimSuffix(rest, "]"), "[")
	if !ok || !ok2 {
		return "", p.fault(i, "condition %q cannot be read", s.Condition)
	}
	value, assumed, isAssumed := strings.Cut(s.Result, assumedMark)
	if d, ok := p.derived[variable]; ok && s.Kind == "derived" && d != value {
		return "", p.fault(i, "%s is %s here and %s where it was derived", variable, value, d)
	}
	listed := false
	for _, w := range strings.Fields(list) {
		listed = listed || w == value
	}
	truth := "false"
	switch {
	case listed != strings.HasPrefix(open, "not"):
		truth = "true"
	case listed:
		truth = "false"
	}
	if !listed && (value == "unknown" || value == "not_proved" || value == "conflict") {
		truth = "unknown"
		if isAssumed {
			truth = assumed
		}
	}
	if truth != s.Truth {
		return "", p.fault(i, "condition %q on %q is %s, the step says %s", s.Condition, s.Result, truth, s.Truth)
	}
	return truth, nil
}

// row recomputes one row from the conditions beneath it.
func (p *player) row(i int) (string, error) {
	truth := "true"
	for _, k := range p.kids[i] {
		t, err := p.condition(k)
		if err != nil {
			return "", err
		}
		if t == "false" || (t == "unknown" && truth == "true") {
			truth = t
		}
	}
	if truth == "true" && strconv.Itoa(len(p.kids[i])) != field(p.steps[i].Condition, "conditions") {
		return "", p.fault(i, "a true row must show all its conditions (%s), it shows %d", p.steps[i].Condition, len(p.kids[i]))
	}
	if truth != p.steps[i].Truth {
		return "", p.fault(i, "the row is %s, the step says %s", truth, p.steps[i].Truth)
	}
	return truth, nil
}

func field(s, key string) string {
	for _, f := range strings.Fields(s) {
		if v, ok := strings.CutPrefix(f, key+"="); ok {
			return v
		}
	}
	return ""
}

// table recomputes a derived variable from the rows beneath it.
func (p *player) table(i int) error {
	words := strings.Fields(p.steps[i].Condition)
	if len(words) < 3 {
		return p.fault(i, "condition %q cannot be read", p.steps[i].Condition)
	}
	value, err := p.value(i, words[2])
	if err != nil {
		return err
	}
	if value != p.steps[i].Result {
		return p.fault(i, "%s comes to %s, the step says %s", words[0], value, p.steps[i].Result)
	}
	p.derived[words[0]] = value
	return nil
}

func (p *player) value(i int, kind string) (string, error) {
	best, rank, sum := "no", 0, 0
	value := "unknown"
	for _, k := range p.kids[i] {
		truth, err := p.row(k)
		if err != nil {
			return "", err
		}
		s := p.steps[k]
		switch {
		case truth == "unknown" && best == "no":
			best = "unknown"
		case truth == "true":
			best = "yes"
			r, _ := strconv.Atoi(field(s.Condition, "rank"))
			points, _ := strconv.Atoi(s.Result)
			sum += points
			if value == "unknown" || r < rank {
				value, rank = s.Result, r
			} else if r == rank && s.Result != value {
				value = "conflict"
			}
		}
	}
	switch kind {
	case "any":
		return best, nil
	case "sum":
		return cutText(p.steps[i].Condition, sum), nil
	}
	return value, nil
}

func cutText(text string, sum int) string {
	number := func(key string) int { n, _ := strconv.Atoi(field(text, key)); return n }
	sum = max(number("min"), min(number("max"), sum+number("base")))
	for _, f := range strings.Fields(text) {
		limit, value, ok := strings.Cut(f, ":")
		if n, err := strconv.Atoi(limit); ok && (limit == "*" || (err == nil && sum <= n)) {
			return value
		}
	}
	return "unknown"
}

func (p *player) decide() (judgment.Decision, error) {
	rank := -1
	var rows []int
	for i, s := range p.steps {
		if s.Kind != "rule" || s.Parent >= 0 {
			continue
		}
		truth, err := p.row(i)
		if err != nil {
			return judgment.Decision{}, err
		}
		r, _ := strconv.Atoi(field(s.Condition, "rank"))
		if truth != "true" || (rank >= 0 && r > rank) {
			continue
		}
		if rank < 0 || r < rank {
			rank, rows = r, nil
		}
		rows = append(rows, i)
	}
	return p.settle(rows)
}

func (p *player) settle(rows []int) (judgment.Decision, error) {
	last := len(p.steps) - 1
	if last < 0 || p.steps[last].Kind != "result" {
		return judgment.Decision{}, fmt.Errorf("the trace does not end with a result")
	}
	gone, mild := map[string]bool{}, ""
	for _, s := range p.steps {
		switch s.Kind {
		case "defeat":
			gone[s.RuleID] = true
		case "in_dubio":
			mild = s.RuleID
		}
	}
	result, ids := "", []string{}
	for _, i := range rows {
		s := p.steps[i]
		if gone[s.RuleID] {
			continue
		}
		if mild != "" && s.RuleID != mild {
			continue
		}
		if result != "" && s.Result != result {
			result = "conflict"
		} else {
			result = s.Result
		}
		ids = append(ids, s.RuleID)
	}
	if result == "" {
		result = "undetermined"
	}
	if got := p.steps[last].Result; got != result {
		return judgment.Decision{}, p.fault(last, "the rules come to %q, the step says %q", result, got)
	}
	if result != "conflict" && len(ids) > 0 && p.steps[last].Condition != ids[0] {
		return judgment.Decision{}, p.fault(last, "rule %s decides, the step says %s", ids[0], p.steps[last].Condition)
	}
	return parsed(p.steps[last]), nil
}

// parsed reads a result step.
func parsed(s judgment.Step) judgment.Decision {
	words := strings.Fields(s.Result)
	d := judgment.Decision{RuleID: s.RuleID}
	if len(words) > 0 {
		d.Outcome = words[0]
	}
	d.Liability, d.Scope, d.Order = field(s.Result, "liability"), field(s.Result, "scope"), field(s.Result, "order")
	d.Recourse, d.CapFraction = field(s.Result, "recourse"), fraction(field(s.Result, "cap"))
	return d
}

// SameDecision reports whether two decisions say the same, steps and lists aside.
func SameDecision(a, b judgment.Decision) bool {
	same := a.Outcome == b.Outcome && a.Liability == b.Liability && a.Scope == b.Scope && a.Order == b.Order && a.Recourse == b.Recourse && a.RuleID == b.RuleID
	if (a.CapFraction == nil) != (b.CapFraction == nil) {
		return false
	}
	return same && (a.CapFraction == nil || *a.CapFraction == *b.CapFraction)
}
