package operator

import (
	"sort"
	"strings"

	"caipan/model/judgment"
)

// name is one way to call a party.
type name struct {
	text  string
	party int // index into parties
}

// byFirst are names by their first three bytes, one Chinese character.
type byFirst map[string][]name

func index(list []name) byFirst {
	out := byFirst{}
	for _, n := range list {
		if n.party >= 0 {
			out[n.text[:3]] = append(out[n.text[:3]], n)
		}
	}
	return out
}

// at returns the longest name that s starts with.
func (b byFirst) at(s string) (name, bool) {
	if len(s) < 6 {
		return name{}, false
	}
	for _, n := range b[s[:3]] {
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
	names byFirst
	// sole is the party meant by a bare 被告 or 原告, -1 if there are several on that side.
	soleDefendant, solePlaintiff int
	defendants                   []int
	parties                      int
	words                        *words
}

// groupMark stands for 二被告, 两被告, 上述被告: every defendant is meant.
const groupMark = int(lastMark - firstMark)

func newMarker(w *words, parties []judgment.Party) marker {
	m := marker{names: index(names(parties)), soleDefendant: -1, solePlaintiff: -1, parties: len(parties), words: w}
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

// meant lists the parties a mark stands for.
func (m marker) meant(mark int) []int {
	if mark == groupMark {
		return m.defendants
	}
	if mark < m.parties {
		return []int{mark}
	}
	return nil
}

// mark returns the sentence with marks and, for each byte of the result, the offset in the sentence.
// speaker is the party whose own words these are (-1: none); last is the party named last before the sentence.
func (m marker) mark(sentence string, speaker, last int) (marked string, back []int, lastOut int) {
	var b strings.Builder
	put := func(s string, from int, fixed bool) {
		for i := 0; i < len(s); i++ {
			if fixed {
				back = append(back, from)
			} else {
				back = append(back, from+i)
			}
		}
		b.WriteString(s)
	}
	atClause := true
scan:
	for i := 0; i < len(sentence); {
		rest := sentence[i:]
		// A role word before a name (被告甲公司) belongs to the name.
		for _, role := range []string{"被告", "第三人", "原告"} {
			if after, ok := strings.CutPrefix(rest, role); ok && m.startsWithName(after) {
				put(role, i, false)
				i += len(role)
				continue scan
			}
		}
		if n, ok := m.names.at(rest); ok {
			put(string(firstMark+rune(n.party)), i, true)
			i += len(n.text)
			last, atClause = n.party, false
			continue scan
		}
		if who, n := m.pronoun(rest, speaker, last, atClause); n > 0 {
			put(string(firstMark+rune(who)), i, true)
			i += n
			atClause = false
			continue
		}
		n := runeLen(rest)
		atClause = isClauseStart(rest[:n], atClause)
		put(rest[:n], i, false)
		i += n
	}
	back = append(back, len(sentence))
	return b.String(), back, last
}

// pronoun resolves 我公司, 该公司, 其 at the head of a clause, and a bare 被告 where there is one defendant.
func (m marker) pronoun(rest string, speaker, last int, atClause bool) (party, length int) {
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
	if atClause && strings.HasPrefix(rest, "其") && !strings.HasPrefix(rest, "其他") && !strings.HasPrefix(rest, "其余") {
		if speaker >= 0 {
			return speaker, len("其")
		}
		if last >= 0 {
			return last, len("其")
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

func runeLen(s string) int {
	switch {
	case s[0] < 0x80:
		return 1
	case s[0] >= 0xF0 && len(s) >= 4:
		return 4
	case s[0] >= 0xE0 && len(s) >= 3:
		return 3
	case s[0] >= 0xC0 && len(s) >= 2:
		return 2
	}
	return 1
}

// isClauseStart: after punctuation a clause begins; connecting words keep it open.
func isClauseStart(r string, before bool) bool {
	switch r {
	case "，", "。", "；", "：", "、", ",", ";", ":", "\n", "“", "（":
		return true
	case "但", "且", "而", "故", " ", "因", "由":
		return before || r == "且" || r == "故" || r == "但"
	}
	return false
}

func (m marker) startsWithName(s string) bool {
	_, ok := m.names.at(s)
	return ok
}
