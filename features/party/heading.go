package party

import (
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
	"caipan/model/text"
)

// reader walks through the clauses of the heading.
type reader struct {
	t         *table
	v         *text.View
	base      int // offset of the heading in the canonical text
	canonical string
	parties   []judgment.Party
	seen      map[string][]int // folded name -> positions in parties
	group     int              // number of the first party of the line read last
}

// boundary kinds before a clause.
const (
	soft = iota // comma, space, 暨: a role needs its colon
	hard        // line break, full stop, list mark
)

// heading reads the clauses of the heading one after another.
func (r *reader) heading() {
	s := r.v.Text
	for i, strength := 0, hard; i < len(s); {
		i = skipSpace(s, i)
		i = max(i, r.clause(i, strength))
		i, strength = nextClause(s, i)
	}
}

// gluedRoles begin a line whose line break was lost: …公司员工被上诉人（原审原告）：某甲.
var gluedRoles = []string{"被上诉人(", "上诉人(", "被申请人("}

// nextClause returns where the next clause behind i begins and how surely it does.
func nextClause(s string, i int) (next, strength int) {
	end, n, strength := clauseEnd(s, i)
	if n == 0 {
		return len(s), hard
	}
	if clause := s[i:end]; strings.IndexByte(clause, '(') > 0 {
		for _, w := range gluedRoles {
			if g := strings.Index(clause, w); g > 0 {
				return i + g, soft
			}
		}
	}
	return end + n, strength
}

// clauseEnd finds the character that ends the clause at i, one of "\n。;、, \t暨兼)号", and its size; 0 if none does.
func clauseEnd(s string, i int) (end, n, strength int) {
	for i < len(s) {
		switch c := s[i]; {
		case c == '\n' || c == ';':
			return i, 1, hard
		case c == ',' || c == ' ' || c == '\t' || c == ')':
			return i, 1, soft
		case c == 0xE3 && (strings.HasPrefix(s[i:], "。") || strings.HasPrefix(s[i:], "、")):
			return i, len("。"), hard
		case c >= 0xE5 && c <= 0xE6 && (strings.HasPrefix(s[i:], "号") || strings.HasPrefix(s[i:], "暨") || strings.HasPrefix(s[i:], "兼")):
			return i, len("号"), soft
		case c >= 0xE0 && c < 0xF0:
			i += 3
		default:
			i++
		}
	}
	return len(s), 0, hard
}

// clause reads one clause of the heading and returns the offset behind what it understood, 0 if nothing.
func (r *reader) clause(i, strength int) int {
	s := r.v.Text[i:]
	if end := r.roleLine(i, strength); end > 0 {
		return end
	}
	if w := r.t.guardians.prefix(s); w != nil {
		return r.guardian(i, i+len(w.text))
	}
	if strength != hard {
		return 0
	}
	lead := s[:min(len(s), 90)]
	if k := strings.IndexAny(lead, ":,。\n"); k >= 0 {
		lead = lead[:k]
	}
	if !r.t.agents.In(lead) {
		return 0
	}
	for _, w := range r.t.agents.words {
		if at := strings.Index(lead, w.text); at >= 0 {
			r.represented(lead[:at])
			break
		}
	}
	return 0
}

// roleLine reads a role, its number and brackets, and the names behind them.
func (r *reader) roleLine(i, strength int) int {
	s := r.v.Text
	at := i
	if strings.HasPrefix(s[at:], "第") {
		at += countedLen(s[at:])
	}
	w := r.t.roles.prefix(s[at:])
	if w == nil {
		return 0
	}
	at += len(w.text)
	at = skipNumber(s, at, w.text)
	side, bracket := w.side, false
	for at < len(s) {
		at = skipSpace(s, at)
		inner, end := bracketAt(s, at)
		if end == 0 {
			break
		}
		if b := r.sideOf(inner); b != "" && w.side == "" {
			side = b
		}
		bracket, at = true, end
	}
	at, side = r.moreRoles(at, side)
	roleEnd := at
	at = skipSpace(s, at)
	colon := at < len(s) && s[at] == ':'
	if strength == soft && !colon && !bracket {
		return 0
	}
	if colon {
		at = skipSpace(s, at+1)
	}
	return r.names(i, roleEnd, at, side, w.text)
}

// countedLen is the length of the count before a defendant: 第二被告.
func countedLen(s string) int {
	at := 0
	for _, p := range []string{"第一", "第二", "第三", "第四", "第五"} {
		if strings.HasPrefix(s[at:], p) && strings.HasPrefix(s[at+len(p):], "被告") {
			at += len(p)
		}
	}
	return at
}

// moreRoles reads the further roles of one party: 一审被告、二审被上诉人：某丙.
func (r *reader) moreRoles(at int, side string) (int, string) {
	s := r.v.Text
	for {
		next, ok := strings.CutPrefix(s[at:], "、")
		if !ok {
			return at, side
		}
		for _, p := range []string{"原二审", "二审", "原再审", "再审"} {
			if r.t.roles.prefix(next) == nil {
				next = strings.TrimPrefix(next, p)
			}
		}
		w := r.t.roles.prefix(next)
		if w == nil {
			return at, side
		}
		next = next[len(w.text):]
		end := len(s) - len(next)
		if _, behind := bracketAt(s, end); behind > 0 {
			end = behind
		}
		if end >= len(s) || s[end] != ':' && !strings.HasPrefix(s[end:], "、") {
			return at, side
		}
		if side == "" {
			side = w.side
		}
		at = end
	}
}

// names reads one or more names of one role from at on.
func (r *reader) names(lineStart, roleEnd, at int, side, role string) int {
	s := r.v.Text
	first := true
	read := 0
	for {
		if r.opensOther(s[at:]) {
			break
		}
		end := nameEnd(r.t, s, at)
		name := strings.TrimSpace(s[at:end])
		if !r.isName(name, first) {
			break
		}
		if first {
			r.group = len(r.parties)
		}
		r.add(at, at+len(strings.TrimRight(s[at:end], " ")), side, s[lineStart:roleEnd], role)
		read, first = end, false
		if !strings.HasPrefix(s[end:], "、") {
			break
		}
		at = end + len("、")
	}
	return read
}

// notFirst are words that begin no name.
var notFirst = text.NewWords("的", "之", "及", "、", "共同", "均", "与被告", "诉", "系", "公司员工", "员工", "本人")

// opensOther reports whether the words begin another clause rather than a name.
func (r *reader) opensOther(s string) bool {
	return r.t.clauses.Begins(s) || notFirst.Begins(s) || r.t.roles.Begins(s)
}

// notInNames are words of sentences about parties.
var notInNames = text.NewWords("诉称", "辩称", "一案", "本院", "委托代理人", "到庭", "的委托", "的法定", "与被告", "诉被告", "与被上诉人", "的共同", "判决书", "二审被上", "特别授权", "赔偿其", "不服", "犯故意", "与同案")

// relatives end a clause that tells who somebody is.
var relatives = text.NewWords("之子", "丈夫", "妻子", "职工", "员工", "职员")

// isName reports whether a piece can be a name; pieces behind the first must look like one.
func (r *reader) isName(name string, first bool) bool {
	n := utf8.RuneCountInString(name)
	if n < 2 && name != "×" || n > 60 || strings.ContainsAny(name, "《》") {
		return false
	}
	if notInNames.In(name) || relatives.Ends(name) || r.t.notNames.Is(name) || !first && r.t.notNames.prefix(name) != nil {
		return false
	}
	if first {
		return true
	}
	return n >= 2 && (n <= 4 || r.t.orgs.Ends(name)) && !strings.HasSuffix(name, "族")
}

// add records a party unless the same name stands there already with the same side.
func (r *reader) add(from, to int, side, roleText, role string) {
	span := judgment.Span{Start: r.base + r.v.Orig(from), End: r.base + r.v.Orig(to)}
	name := span.Of(r.canonical)
	appeals := strings.HasPrefix(role, "上诉") || strings.HasPrefix(role, "再审申请") || strings.HasPrefix(role, "申请再审") || strings.HasPrefix(role, "申诉")
	folded := text.TrimSpaces(text.FoldString(name))
	for _, i := range r.seen[folded] {
		p := &r.parties[i]
		if p.Role == Guardian && side != Guardian {
			p.Role, p.RoleText, p.NameSpan = side, strings.TrimSpace(roleText), span
			return
		}
		if p.Role == side || side == Guardian || p.Role == "" {
			p.Appellant = p.Appellant || appeals
			return
		}
	}
	r.seen[folded] = append(r.seen[folded], len(r.parties))
	kind := "person"
	if isOrganization(r.t, r.v.Text[from:to], r.v.Text[to:]) {
		kind = "organization"
	}
	r.parties = append(r.parties, judgment.Party{
		Name: name, NameSpan: span, Role: side, RoleText: strings.TrimSpace(roleText), Kind: kind, Appellant: appeals,
	})
}

// guardian reads the guardian of the party named last.
func (r *reader) guardian(lineStart, at int) int {
	s := r.v.Text
	for {
		at = skipSpace(s, at)
		_, end := bracketAt(s, at)
		if end == 0 {
			break
		}
		at = end
	}
	roleEnd := at
	if at < len(s) && s[at] == ':' {
		at = skipSpace(s, at+1)
	}
	if len(r.parties) == 0 || strings.HasPrefix(s[at:], "暨被告") || strings.HasPrefix(s[at:], "兼被告") {
		return 0
	}
	group := r.group
	end := r.names(lineStart, roleEnd, at, Guardian, "")
	r.group = group
	return end
}

// represented marks the parties for whom an agent appears: the ones named in the clause's own words (上述三被告), else
// the party of the line before.
func (r *reader) represented(lead string) {
	role := ""
	for _, w := range []struct{ word, side string }{{"原告", Plaintiff}, {"被告", Defendant}, {"第三人", ThirdParty}} {
		if strings.Contains(lead, w.word) {
			role = w.side
		}
	}
	all := role == "" && (strings.Contains(lead, "上列") || strings.Contains(lead, "上述") || strings.Contains(lead, "以上"))
	for i := range r.parties {
		p := &r.parties[i]
		if role != "" && p.Role == role || all && i >= r.group || role == "" && !all && i >= r.group && p.Role != Guardian {
			p.Represented = true
		}
	}
}

// sideOf reads the side at first instance out of a bracket such as 一审原告、二审被上诉人. 反诉 words do not count.
func (r *reader) sideOf(inner string) string {
	best, side := len(inner)+1, ""
	for _, w := range r.t.brackets.words {
		at := strings.Index(inner, w.text)
		if at < 0 || at >= best || strings.HasSuffix(inner[:at], "反诉") {
			continue
		}
		best, side = at, w.side
	}
	if side == "" && strings.Contains(inner, "反诉原告") {
		return Defendant
	}
	if side == "" && strings.Contains(inner, "反诉被告") {
		return Plaintiff
	}
	return side
}
