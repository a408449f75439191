package operator

import (
	"sort"
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
)

// name is one way to call a party.
type name struct {
	text  string
	party int // index into parties
}

// byFirst are names by their first character.
type byFirst map[rune][]name

func index(list []name) byFirst {
	out := byFirst{}
	for _, n := range list {
		if n.party >= 0 {
			r := firstRune(n.text)
			out[r] = append(out[r], n)
		}
	}
	return out
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// at returns the longest name that s starts with.
func (b byFirst) at(s string) (name, bool) {
	if len(s) < 6 {
		return name{}, false
	}
	for _, n := range b[firstRune(s)] {
		if strings.HasPrefix(s, n.text) {
			return n, true
		}
	}
	return name{}, false
}

// names lists how the parties are called, longest first, so that a full name wins over a short one inside it.
func names(parties []judgment.Party) []name {
	var out []name
	owner := map[string]int{}
	add := func(text string, i int) {
		if len(text) < 6 { // two Chinese characters at least
			return
		}
		if at, twice := owner[text]; twice {
			if at >= 0 && out[at].party != i {
				out[at].party = -1 // two parties share it: it names nobody
			}
			return
		}
		owner[text] = len(out)
		out = append(out, name{text, i})
	}
	for i := range parties {
		add(parties[i].Name, i)
		for _, s := range parties[i].ShortNames {
			add(s, i)
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return len(out[a].text) > len(out[b].text) })
	return out
}

// marker rewrites sentences: party mentions become marks.
type marker struct {
	names  byFirst
	starts starters
	// sole is the party meant by a bare 被告 or 原告, -1 if there are several on that side.
	soleDefendant, solePlaintiff int
	defendants                   []int
	parties                      int
	words                        *words
}

// starters are the characters with which a mention may begin, by their last twelve bits.
type starters [64]uint64

func (s *starters) add(words ...string) {
	for _, w := range words {
		r := firstRune(w)
		s[r>>6&63] |= 1 << (r & 63)
	}
}

func (s *starters) has(r rune) bool { return s[r>>6&63]>>(r&63)&1 != 0 }

// groupMark stands for 二被告, 两被告, 上述被告: every defendant is meant.
const groupMark = int(lastMark - firstMark)

// roleWords before a name belong to it: 被告甲公司.
var roleWords = []string{"被告", "第三人", "原告"}

func newMarker(w *words, parties []judgment.Party) *marker {
	m := &marker{names: index(names(parties)), soleDefendant: -1, solePlaintiff: -1, parties: len(parties), words: w, starts: w.starts}
	for r := range m.names {
		m.starts.add(string(r))
	}
	plaintiffs := 0
	for i := range parties {
		switch parties[i].Role {
		case "defendant":
			m.defendants = append(m.defendants, i)
		case "plaintiff":
			plaintiffs++
			m.solePlaintiff = i
		}
	}
	if plaintiffs != 1 {
		m.solePlaintiff = -1
	}
	if len(m.defendants) == 1 {
		m.soleDefendant = m.defendants[0]
	}
	return m
}

// itself is the pronoun that at the head of a clause means the speaker or the party named last.
const itself = "其"

// mentionStarts are the characters with which the mentions begin that are no names.
func mentionStarts(w *words) (s starters) {
	s.add(roleWords...)
	s.add(w.SelfWords...)
	s.add(w.GroupWords...)
	s.add(itself)
	return s
}

// meant lists the parties a mark stands for.
func (m *marker) meant(mark int) []int {
	if mark == groupMark {
		return m.defendants
	}
	if mark < m.parties {
		return []int{mark}
	}
	return nil
}

// marked is a sentence in which marks stand for the parties' mentions.
type marked struct {
	text  string
	marks []mark // in order
}

// mark is one mention.
type mark struct {
	at       int // where the mark stands in the marked text; it is markLen long
	from, to int // what it stands for, in the sentence
	party    int // index into parties, or groupMark
}

const markLen = len("\uE000")

// source is the offset in the sentence of an offset in the marked text.
func (s *marked) source(at int) int {
	shift := 0
	for _, m := range s.marks {
		if at < m.at+markLen {
			if at >= m.at {
				return m.from
			}
			break
		}
		shift = m.to - m.at - markLen
	}
	return at + shift
}

// without is the part [start, end) of the marked text as the sentence has it, but for the party's own mentions.
func (s *marked) without(party, start, end int, sentence string) string {
	var b strings.Builder
	from := s.source(start)
	for _, m := range s.marks {
		if m.party == party && m.at >= start && m.at < end {
			b.WriteString(sentence[from:m.from])
			from = m.to
		}
	}
	b.WriteString(sentence[from:s.source(end)])
	return b.String()
}

// names reports whether party is mentioned by itself.
func (s *marked) names(party int) bool {
	for _, m := range s.marks {
		if m.party == party {
			return true
		}
	}
	return false
}

// mark returns the sentence with marks (its text is empty if there are none) and the party named last.
// speaker is the party whose own words these are (-1: none); last is the party named last before the sentence.
func (m *marker) mark(sentence string, speaker, last int) (marked, int) {
	var out marked
	var b strings.Builder
	done := 0 // the sentence is copied up to here
	put := func(party, from, to int) {
		b.WriteString(sentence[done:from])
		out.marks = append(out.marks, mark{b.Len(), from, to, party})
		b.WriteRune(firstMark + rune(party))
		done = to
	}
	for i := 0; i < len(sentence); {
		r, n := utf8.DecodeRuneInString(sentence[i:])
		if isMark(r) { // the text's own private characters are nobody
			b.WriteString(sentence[done:i])
			b.WriteRune(utf8.RuneError)
			i += n
			done = i
			continue
		}
		if !m.starts.has(r) {
			i += n
			continue
		}
		for role := m.roleBeforeName(sentence[i:]); role > 0; role = m.roleBeforeName(sentence[i:]) {
			i += role
		}
		rest := sentence[i:]
		if who, ok := m.names.at(rest); ok {
			put(who.party, i, i+len(who.text))
			last = who.party
			i = done
		} else if who, length := m.pronoun(rest, speaker, last, func() bool { return clauseStart(sentence[done:i], done == 0) }); length > 0 {
			put(who, i, i+length)
			i = done
		} else {
			i += n
		}
	}
	if len(out.marks) > 0 {
		b.WriteString(sentence[done:])
		out.text = b.String()
	}
	return out, last
}

// roleBeforeName is the length of a role word that stands before a name.
func (m *marker) roleBeforeName(s string) int {
	for _, role := range roleWords {
		if after, ok := strings.CutPrefix(s, role); ok {
			if _, ok := m.names.at(after); ok {
				return len(role)
			}
		}
	}
	return 0
}

// pronoun resolves 我公司, 该公司, 其 at the head of a clause, and a bare 被告 where there is one defendant.
func (m *marker) pronoun(rest string, speaker, last int, atClause func() bool) (party, length int) {
	for _, w := range m.words.SelfWords {
		if !strings.HasPrefix(rest, w) {
			continue
		}
		who := speaker
		if w == "该公司" {
			who = last
		}
		if who >= 0 {
			return who, len(w)
		}
	}
	if strings.HasPrefix(rest, itself) && !strings.HasPrefix(rest, "其他") && !strings.HasPrefix(rest, "其余") && atClause() {
		if speaker >= 0 {
			return speaker, len(itself)
		}
		if last >= 0 {
			return last, len(itself)
		}
	}
	for _, w := range m.words.GroupWords {
		if len(m.defendants) > 0 && strings.HasPrefix(rest, w) {
			return groupMark, len(w)
		}
	}
	if m.soleDefendant >= 0 && strings.HasPrefix(rest, "被告") && !strings.HasPrefix(rest, "被告人") {
		return m.soleDefendant, len("被告")
	}
	if m.solePlaintiff >= 0 && strings.HasPrefix(rest, "原告") {
		return m.solePlaintiff, len("原告")
	}
	return -1, 0
}

// clauseStart: a clause begins after punctuation and some connecting words; others keep it open. before is the text
// back to the last mention, or to the sentence's beginning if first.
func clauseStart(before string, first bool) bool {
	for len(before) > 0 {
		r, n := utf8.DecodeLastRuneInString(before)
		switch r {
		case '，', '。', '；', '：', '、', ',', ';', ':', '\n', '“', '（', '但', '且', '故':
			return true
		case '而', ' ', '因', '由':
			before = before[:len(before)-n]
		default:
			return false
		}
	}
	return first
}
