package party

import (
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
	"caipan/model/text"
)

// sides gives the parties whose role word and bracket do not say it their side: the text calls them 原告X or 被告X;
// else the one who applies stands as plaintiff and the other as defendant.
func (r *reader) sides(canonical string) {
	for i := range r.parties {
		p := &r.parties[i]
		if p.Role != "" {
			continue
		}
		best := 0
		for _, c := range []struct{ word, side string }{{"原告", Plaintiff}, {"被告", Defendant}, {"第三人", ThirdParty}} {
			called := text.NewNeedle(c.word + p.Name)
			if n := called.Count(canonical); n > best {
				best, p.Role = n, c.side
			}
		}
		if p.Role == "" && strings.HasPrefix(p.RoleText, "被") {
			p.Role = Defendant
		} else if p.Role == "" {
			p.Role = Plaintiff
		}
	}
}

const (
	nameMaxBytes    = 180 // folded, before a bracket
	bracketMaxBytes = 240 // folded, as bracketAt reads
	widest          = 3   // bytes that fold to one
)

// addAliases reads short names, X（以下简称“Y”）, and former names, X（原Z公司）.
func addAliases(t *table, canonical string, parties []judgment.Party) {
	if len(parties) == 0 {
		return
	}
	var near *Resolver
	b := newBrackets(canonical)
	for open := b.next(); open >= 0; open = b.next() {
		if !t.mayName(canonical[open+b.size:]) {
			continue
		}
		if near == nil {
			near = NewResolver(parties)
		}
		t.alias(near, canonical, open, parties)
	}
}

// alias reads the bracket at an offset of the canonical text.
func (t *table) alias(near *Resolver, canonical string, open int, parties []judgment.Party) {
	stop := min(len(canonical), open+widest*(bracketMaxBytes+2))
	inner, end := bracketAt(text.FoldString(canonical[open:runeStart(canonical, stop)]), 0)
	if end == 0 {
		return
	}
	if short := shortIn(t, inner); short != "" {
		if i := near.ending(nameBefore(canonical, open)); i >= 0 {
			addShort(&parties[i], short)
		}
	} else if w := t.formers.prefix(inner); w != nil && (open < headingMax || len(text.FoldString(canonical[:open])) < headingMax) {
		former := strings.Trim(inner[len(w.text):], ":为是\"' ")
		if i := near.ending(nameBefore(canonical, open)); i >= 0 && t.orgs.Ends(former) && utf8.RuneCountInString(former) > 3 && parties[i].Kind == "organization" {
			addShort(&parties[i], former)
		}
	}
}

// nameBefore is the folded text before a bracket, as far as a name can reach.
func nameBefore(canonical string, open int) string {
	from := runeStart(canonical, max(0, open-widest*(nameMaxBytes+2)))
	s := text.FoldString(canonical[from:open])
	return s[max(0, len(s)-nameMaxBytes):]
}

// mayName is a quick test whether the words behind an opening bracket can hold a short or former name.
func (t *table) mayName(s string) bool {
	if !t.aliases.plain || !t.formers.plain {
		return true
	}
	if t.formers.prefix(s) != nil {
		return true
	}
	s = s[:min(len(s), widest*bracketMaxBytes)]
	for i := 0; i+2 < len(s); {
		switch c := s[i]; {
		case c == ')' || c == '\n':
			return false
		case c < utf8.RuneSelf:
			i++
			continue
		case c == 0xEF && s[i+1] == 0xBC && s[i+2] == 0x89: // ）
			return false
		}
		if t.aliases.Begins(s[i:]) {
			return true
		}
		i += 3
	}
	return false
}

// brackets finds the opening round brackets of a text, in every form that folds to one.
type brackets struct {
	s    string
	at   [len(openers)]int // the next place of each form, len(s) if there is none
	size int               // of the bracket found last
}

var openers = [...]text.Needle{text.NewNeedle("("), text.NewNeedle("（"), text.NewNeedle("〔"), text.NewNeedle("﹙"), text.NewNeedle("﹝")}

func newBrackets(s string) *brackets {
	b := &brackets{s: s}
	for k := range openers {
		b.find(k, 0)
	}
	return b
}

func (b *brackets) find(k, from int) {
	b.at[k] = len(b.s)
	if i := openers[k].Index(b.s[from:]); i >= 0 {
		b.at[k] = from + i
	}
}

// next returns the offset of the next bracket, -1 if there is none.
func (b *brackets) next() int {
	best := 0
	for k := range b.at {
		if b.at[k] < b.at[best] {
			best = k
		}
	}
	open := b.at[best]
	if open == len(b.s) {
		return -1
	}
	b.size = len(openers[best].Word())
	b.find(best, open+b.size)
	return open
}

// shortIn returns the short name that a bracket announces, "" if it announces none.
func shortIn(t *table, inner string) string {
	if !t.aliases.In(inner) {
		return ""
	}
	for _, w := range t.aliases.words {
		at := strings.Index(inner, w.text)
		if at < 0 || at > 0 && !strings.ContainsAny(inner[:at], ",;:、。原曾系") && at > 12 {
			continue
		}
		rest := strings.TrimLeft(inner[at+len(w.text):], "为:\"'<《「 ")
		if k := strings.IndexAny(rest, "\"'>》」,;、。)"); k >= 0 {
			rest = rest[:k]
		}
		rest = strings.TrimSpace(rest)
		for _, role := range []string{"被告", "原告", "第三人"} {
			if short := strings.TrimPrefix(rest, role); utf8.RuneCountInString(short) >= 2 {
				rest = short
			}
		}
		if n := utf8.RuneCountInString(rest); n >= 2 && n <= 30 {
			return rest
		}
		return ""
	}
	return ""
}

func addShort(p *judgment.Party, short string) {
	if text.FoldString(p.Name) != short && !slices.Contains(p.ShortNames, short) {
		p.ShortNames = append(p.ShortNames, short)
	}
}

// markAbsent marks the parties who did not come to the hearing.
func markAbsent(t *table, canonical string, from int, parties []judgment.Party) {
	if len(parties) == 0 {
		return
	}
	part := canonical[from:runeStart(canonical, min(len(canonical), from+4000))]
	if t.absents.plain && !text.AnyIn(t.absent, part) {
		return
	}
	var r *Resolver
	for sentence := range strings.SplitSeq(text.FoldString(part), "。") {
		end := -1
		if t.absents.In(sentence) {
			for _, w := range t.absents.words {
				end = max(end, strings.LastIndex(sentence, w.text))
			}
		}
		if end < 0 || !strings.Contains(sentence[:end], "传唤") && !strings.Contains(sentence[:end], "传票") && !strings.Contains(sentence[:end], "公告") {
			continue
		}
		if r == nil {
			r = NewResolver(parties)
		}
		sentence = sentence[:end]
		for _, came := range []string{"到庭参加", "参加诉讼", "参加了诉讼", "均到庭", ";"} {
			if k := strings.LastIndex(sentence, came); k >= 0 {
				sentence = sentence[k:]
			}
		}
		for _, m := range r.Find(sentence) {
			for _, no := range m.Nos {
				if parties[no].Role == Defendant || parties[no].Role == ThirdParty {
					parties[no].Defaulted = true
				}
			}
		}
	}
}
