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
			if n := strings.Count(canonical, c.word+p.Name); n > best {
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

const nameMaxBytes = 180

// addAliases reads short names, X（以下简称“Y”）, and former names, X（原Z公司）.
func addAliases(t *table, canonical string, parties []judgment.Party) {
	if len(parties) == 0 {
		return
	}
	v := text.Fold(canonical)
	s := v.Text
	near := NewResolver(parties)
	for at := 0; ; {
		k := strings.IndexByte(s[at:], '(')
		if k < 0 {
			return
		}
		open := at + k
		at = open + 1
		inner, end := bracketAt(s, open)
		if end == 0 {
			continue
		}
		if short := shortIn(t, inner); short != "" {
			if i := near.ending(s[max(0, open-nameMaxBytes):open]); i >= 0 {
				addShort(&parties[i], short)
			}
		} else if w := t.prefix(kindFormer, inner); w != nil && open < headingMax {
			former := strings.Trim(inner[len(w.text):], ":为是\"' ")
			if i := near.ending(s[max(0, open-nameMaxBytes):open]); i >= 0 && t.suffix(kindOrg, former) && utf8.RuneCountInString(former) > 3 && parties[i].Kind == "organization" {
				addShort(&parties[i], former)
			}
		}
	}
}

// shortIn returns the short name that a bracket announces, "" if it announces none.
func shortIn(t *table, inner string) string {
	for _, w := range t.words[kindAlias] {
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
	v := text.Fold(part)
	r := NewResolver(parties)
	for sentence := range strings.SplitSeq(v.Text, "。") {
		end := -1
		for _, w := range t.words[kindAbsent] {
			end = max(end, strings.LastIndex(sentence, w.text))
		}
		if end < 0 || !strings.Contains(sentence[:end], "传唤") && !strings.Contains(sentence[:end], "传票") && !strings.Contains(sentence[:end], "公告") {
			continue
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
